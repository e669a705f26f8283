import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { ThrottleDefinition } from "../../definition/usage-plan";
import type { UsagePlanOptions, UsagePlanPerApiStage } from "../usage-plans/usage-plan-options";
import { type Check, outside, runChecks } from "./check";
import { checkLimits } from "./throttle-checks";

/** Largest offset by period. Source: provider's validation of `quota_settings`. */
const LARGEST_OFFSET = { DAY: 0, WEEK: 6, MONTH: 27 } as const;

const PLAN_CHECKS: readonly Check<UsagePlanOptions>[] = [
  {
    code: "QUOTA_LIMIT_INVALID",
    problem: ({ quota }) =>
      quota !== undefined && !Token.isUnresolved(quota.limit) && !(Number.isInteger(quota.limit) && quota.limit > 0)
        ? `quota.limit must be a positive whole number, got ${quota.limit}`
        : undefined,
    fix: "use the number of requests in one period",
  },
  {
    code: "QUOTA_OFFSET_OUT_OF_RANGE",
    problem: ({ quota }) =>
      quota !== undefined && outside(quota.offset, 0, LARGEST_OFFSET[quota.period])
        ? `quota.offset of a ${quota.period} must be 0 to ${LARGEST_OFFSET[quota.period]}, got ${quota.offset}`
        : undefined,
    fix: "leave it out, or use a smaller one",
  },
];

/** A throttle of a plan, or of one route in it. */
interface PlanThrottle {
  readonly place: string;
  readonly throttle: ThrottleDefinition;
}

const THROTTLE_CHECKS: readonly Check<PlanThrottle>[] = [
  {
    // The provider turns a missing number into 0, and -1 stands for "no limit" on stages only.
    code: "USAGE_PLAN_THROTTLE_INVALID",
    problem: ({ place, throttle }) =>
      [throttle.rateLimit, throttle.burstLimit].every((limit) => typeof limit === "number" && limit !== -1)
        ? undefined
        : `the throttle of ${place} must be a rateLimit and a burstLimit, got ${JSON.stringify(throttle)}`,
    fix: "give both numbers, or leave throttle out, which is no limit of the plan's own",
  },
];

/** A stage on its way into a plan. */
export interface ApiStageSubject {
  readonly planName: string;
  readonly apiStage: UsagePlanPerApiStage;
  /** The stages that the plan has already. */
  readonly others: readonly UsagePlanPerApiStage[];
  /** Routes that may have a limit of their own. */
  readonly maximum: number;
}

const API_STAGE_CHECKS: readonly Check<ApiStageSubject>[] = [
  {
    code: "USAGE_PLAN_STAGE_FOREIGN",
    problem: ({ planName, apiStage: { api, stage } }) =>
      api !== undefined && api !== stage.api
        ? `the stage "${stage.stageName}" in usage plan "${planName}" is one of ${stage.api.node.path}, not of ${api.node.path}`
        : undefined,
    fix: "leave api out, or pass a stage of that API",
  },
  {
    code: "USAGE_PLAN_STAGE_DUPLICATE",
    problem: ({ planName, apiStage: { stage }, others }) =>
      others.some((other) => other.stage === stage)
        ? `the stage "${stage.stageName}" is twice in usage plan "${planName}"`
        : undefined,
    fix: "name all throttles of the stage in one call of addApiStage",
  },
  {
    code: "USAGE_PLAN_THROTTLES_TOO_MANY",
    problem: ({ planName, apiStage: { throttle = [] }, maximum }) =>
      throttle.length > maximum
        ? `usage plan "${planName}" may throttle ${maximum} routes of a stage by themselves, got ${throttle.length}`
        : undefined,
    fix: "declare throttle on the routes, which limits all callers together, or on the plan; or pass quotas: { throttledRoutesPerPlanStage: … } to the stack when AWS has raised it",
  },
  {
    code: "USAGE_PLAN_ROUTE_DUPLICATE",
    problem: ({ planName, apiStage: { throttle = [] } }) => {
      const routes = throttle.map(({ method }) => method);
      const twice = routes.find((method, index) => routes.indexOf(method) !== index);
      return twice === undefined ? undefined : `"${twice.route}" is throttled twice in usage plan "${planName}"`;
    },
    fix: "remove one of the two",
  },
  {
    code: "USAGE_PLAN_ROUTE_FOREIGN",
    problem: ({ planName, apiStage: { stage, throttle = [] } }) => {
      const foreign = throttle.find(({ method }) => method.api !== stage.api)?.method;
      return foreign === undefined
        ? undefined
        : `"${foreign.route}" in usage plan "${planName}" is a route of ${foreign.api.node.path}, but the stage "${stage.stageName}" is one of ${stage.api.node.path}`;
    },
    fix: "throttle routes of the stage's own API",
  },
  {
    // An error and not a warning: the limit never applies, and the route is open to callers without a key.
    code: "USAGE_PLAN_ROUTE_WITHOUT_KEY",
    problem: ({ planName, apiStage: { throttle = [] } }) => {
      const open = throttle.filter(({ method }) => method.options.apiKeyRequired !== true);
      return open.length === 0
        ? undefined
        : `usage plan "${planName}" throttles ${open.map(({ method }) => `"${method.route}"`).join(", ")}, which ask for no API key: the plan never sees their callers`;
    },
    fix: "set apiKeyRequired: true on the routes, or declare throttle on them",
  },
];

/** Records each limit of a plan that API Gateway would refuse. */
export function checkUsagePlan(scope: IConstruct, options: UsagePlanOptions): void {
  runChecks(scope, PLAN_CHECKS, options);
  if (options.throttle !== undefined) {
    checkPlanThrottle(scope, { place: `usage plan "${options.name}"`, throttle: options.throttle });
  }
}

/** Records what is wrong with a stage in a plan, and with the limits of its routes. */
export function checkApiStage(scope: IConstruct, subject: ApiStageSubject): void {
  runChecks(scope, API_STAGE_CHECKS, subject);
  for (const { method, throttle } of subject.apiStage.throttle ?? []) {
    checkPlanThrottle(scope, { place: `"${method.route}" in usage plan "${subject.planName}"`, throttle });
  }
}

function checkPlanThrottle(scope: IConstruct, subject: PlanThrottle): void {
  runChecks(scope, THROTTLE_CHECKS, subject);
  if (typeof subject.throttle === "object") checkLimits(scope, { place: subject.place, ...subject.throttle });
}
