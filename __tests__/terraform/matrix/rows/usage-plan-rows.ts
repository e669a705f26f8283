import { MockIntegration, type QuotaSettings } from "../../../../modules";
import type { UsagePlanRecord } from "../../../support/twin/usage-plan";
import type { Build, ChangeRow } from "../change-row";

/** Changes of who may call how often. AWS keeps them apart from the snapshots: nothing is deployed. */
export const USAGE_PLAN_ROWS: readonly ChangeRow[] = [
  {
    name: "change-quota",
    before: plans({ free: { quota: { limit: 100, period: "DAY" } } }),
    after: plans({ free: { quota: { limit: 2_000, period: "WEEK", offset: 1 } } }),
    redeploys: false,
    plan: ["aws_api_gateway_usage_plan update"],
    shows: {
      of: ({ usagePlans }) => usagePlans.map(({ quota }) => quota),
      before: [{ limit: 100, period: "DAY", offset: 0 }],
      after: [{ limit: 2_000, period: "WEEK", offset: 1 }],
    },
  },
  {
    name: "remove-quota",
    before: plans({ free: { quota: { limit: 100, period: "DAY" } } }),
    after: plans({ free: {} }),
    redeploys: false,
    plan: ["aws_api_gateway_usage_plan update"],
    shows: {
      of: ({ usagePlans }) => usagePlans.map(({ quota }) => quota),
      before: [{ limit: 100, period: "DAY", offset: 0 }],
      after: [undefined],
    },
  },
  {
    name: "throttle-route-of-plan",
    before: plans({ free: { routeRate: 0.5 } }),
    after: plans({ free: { routeRate: 2 } }),
    redeploys: false,
    plan: ["aws_api_gateway_usage_plan update"],
    shows: {
      of: ({ usagePlans }) => usagePlans.flatMap(({ apiStages }) => apiStages.map(({ throttle }) => throttle)),
      before: [{ "/orders/GET": { rateLimit: 0.5, burstLimit: 5 } }],
      after: [{ "/orders/GET": { rateLimit: 2, burstLimit: 5 } }],
    },
  },
  {
    name: "add-usage-plan",
    before: plans({ free: {} }),
    after: plans({ free: {}, pro: {} }),
    redeploys: false,
    plan: [
      "aws_api_gateway_api_key create",
      "aws_api_gateway_usage_plan create",
      "aws_api_gateway_usage_plan_key create",
    ],
    order: [["CreateUsagePlan", "CreateUsagePlanKey"]],
    shows: { of: ({ usagePlans }) => namesOf(usagePlans), before: ["free"], after: ["free", "pro"] },
  },
  {
    name: "remove-usage-plan",
    before: plans({ free: {}, pro: {} }),
    after: plans({ free: {} }),
    redeploys: false,
    plan: [
      "aws_api_gateway_api_key delete",
      "aws_api_gateway_usage_plan delete",
      "aws_api_gateway_usage_plan_key delete",
    ],
    takesAway: ["DeleteApiKey", "DeleteUsagePlan", "DeleteUsagePlanKey"],
    order: [
      ["DeleteUsagePlanKey", "DeleteUsagePlan"],
      ["UpdateUsagePlan", "DeleteUsagePlan"],
    ],
    shows: { of: ({ usagePlans }) => namesOf(usagePlans), before: ["free", "pro"], after: ["free"] },
  },
];

interface Plan {
  readonly quota?: QuotaSettings;
  /** Limit of the only route, in requests a second. */
  readonly routeRate?: number;
}

/** An API whose only route asks for a key, with plans that hold one key each. */
function plans(declared: Readonly<Record<string, Plan>>): Build {
  return ({ api, named }) => {
    const own = api();
    const method = own.route("GET /orders", new MockIntegration(), { apiKeyRequired: true });
    for (const [id, { quota, routeRate }] of Object.entries(declared)) {
      const throttle = routeRate === undefined ? [] : [{ method, throttle: { rateLimit: routeRate, burstLimit: 5 } }];
      const plan = own.addUsagePlan(id, {
        name: named(id),
        apiStages: [{ stage: own.deploymentStage, throttle }],
        ...(quota && { quota }),
      });
      plan.addApiKey(own.addApiKey(`${id}-key`, { apiKeyName: named(`${id}-key`) }));
    }
  };
}

function namesOf(usagePlans: readonly UsagePlanRecord[]): readonly string[] {
  return usagePlans.map(({ name }) => name.slice(name.lastIndexOf("-") + 1)).sort();
}
