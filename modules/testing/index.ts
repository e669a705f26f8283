export { assertOrderRules, type OrderRule, type OrderViolation, orderViolations } from "./order-rules";
export { normalizeTerraform, terraformSnapshotSerializer } from "./snapshot";
export {
  documentOf,
  onlyResource,
  resourcesOf,
  synthApi,
  synthStack,
  type TerraformJson,
} from "./synth-api";
