export { type LimitsOptions, limitsOf } from "./limits-of";
export { matchers } from "./matchers";
export { modelViolationOf } from "./model-matcher";
export { assertOrderRules, type OrderRule, type OrderViolation, orderViolations } from "./order-rules";
export type { RouteCache, RouteFacts } from "./route-facts";
export { normalizeTerraform, terraformSnapshotSerializer } from "./snapshot";
export {
  documentOf,
  onlyResource,
  resourcesOf,
  synthApi,
  synthStack,
  TEST_STACK_PROPS,
  type TerraformJson,
} from "./synth-api";
export { synthOnce } from "./synth-once";
export type { ExpectedRoute } from "./to-have-route";
