import { AccessLogFormat, HttpIntegration, type StageOptions } from "../../../../modules";
import type { Build, ChangeRow } from "../change-row";
import { oneRoute } from "./one-route";

/** Changes of settings of the stage: none of them deploys. */
export const STAGE_SETTING_ROWS: readonly ChangeRow[] = [
  {
    name: "throttle-route",
    before: oneRoute(),
    after: throttledAt(5),
    redeploys: false,
    plan: ["aws_api_gateway_method_settings create"],
    shows: {
      of: ({ stage }) => stage.methodSettings["~1orders/GET"]?.throttlingRateLimit,
      before: undefined,
      after: 5,
    },
  },
  {
    name: "change-throttle",
    before: throttledAt(5),
    after: throttledAt(50),
    redeploys: false,
    plan: ["aws_api_gateway_method_settings update"],
    shows: { of: ({ stage }) => stage.methodSettings["~1orders/GET"]?.throttlingRateLimit, before: 5, after: 50 },
  },
  {
    name: "lift-throttle",
    before: throttledAt(5),
    after: oneRoute(),
    redeploys: false,
    plan: ["aws_api_gateway_method_settings delete"],
    shows: { of: ({ stage }) => Object.keys(stage.methodSettings), before: ["~1orders/GET"], after: [] },
  },
  {
    name: "change-stage-default",
    before: metered(false),
    after: metered(true),
    redeploys: false,
    // AWS lets no route inherit from the stage: its own settings hold those of the stage.
    plan: ["aws_api_gateway_method_settings create", "aws_api_gateway_method_settings update"],
    shows: {
      of: ({ stage }) => ["*/*", "~1orders/GET"].map((path) => stage.methodSettings[path]?.metricsEnabled),
      before: [undefined, false],
      after: [true, true],
    },
  },
  {
    name: "change-cache-ttl",
    before: cachedFor(60),
    after: cachedFor(600),
    redeploys: false,
    plan: ["aws_api_gateway_method_settings update"],
    shows: { of: ({ stage }) => stage.methodSettings["~1orders/GET"]?.cacheTtlInSeconds, before: 60, after: 600 },
  },
  {
    name: "change-stage-variable",
    before: staged({ variables: { host: "old.example.com" } }),
    after: staged({ variables: { host: "new.example.com" } }),
    redeploys: false,
    plan: ["aws_api_gateway_stage update"],
    shows: { of: ({ stage }) => stage.variables.host, before: "old.example.com", after: "new.example.com" },
  },
  {
    name: "change-access-log-format",
    before: staged({ accessLogRetention: 30, accessLogFormat: AccessLogFormat.clf() }),
    after: staged({
      accessLogRetention: 30,
      accessLogFormat: AccessLogFormat.custom("$context.requestId $context.status"),
    }),
    redeploys: false,
    plan: ["aws_api_gateway_stage update"],
    shows: {
      of: ({ stage }) => stage.accessLogSettings?.format?.includes("$context.protocol"),
      before: true,
      after: false,
    },
  },
  {
    name: "change-log-retention",
    before: staged({ accessLogRetention: 30 }),
    after: staged({ accessLogRetention: 90 }),
    redeploys: false,
    plan: ["aws_cloudwatch_log_group update"],
  },
];

function throttledAt(rateLimit: number): Build {
  return oneRoute({ method: { throttle: { rateLimit, burstLimit: 10 } } });
}

/** A route with a throttle of its own, on a stage that counts or not. */
function metered(metricsEnabled: boolean): Build {
  return oneRoute({
    method: { throttle: { rateLimit: 5, burstLimit: 10 } },
    api: { deployOptions: { metricsEnabled } },
  });
}

function cachedFor(ttlSeconds: number): Build {
  return oneRoute({
    method: { cache: { ttlSeconds }, requestParameters: { "method.request.querystring.page": false } },
  });
}

/** An API whose backend a stage variable names. */
function staged(options: StageOptions): Build {
  return ({ api }) => {
    const own = api({ deployOptions: { variables: { host: "orders.example.com" }, ...options } });
    own.route("GET /orders", new HttpIntegration("https://${stageVariables.host}/orders"));
  };
}
