import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import {
  ApiKey,
  AuthorizationType,
  Duration,
  type HeadgateStack,
  type HeadgateStackProps,
  HttpIntegration,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  ResponseType,
  RestApi,
  type RestApiProps,
  raiseQuotas,
  Stage,
  UsagePlan,
  VpcLink,
} from "../../../modules";
import { warningsOf } from "../support/warnings";

interface Case {
  readonly code: string;
  readonly problem: string;
  readonly build: (stack: HeadgateStack) => unknown;
}

const api =
  (extend: (api: RestApi) => unknown, props: RestApiProps = {}) =>
  (stack: HeadgateStack) => {
    const made = new RestApi(stack, "Api", props);
    made.root.addMethod("GET");
    return extend(made);
  };
const header = (name: string) =>
  api((it) => {
    const responseParameters = { [`method.response.header.${name}`]: "'a'" };
    it.route("GET /a", new MockIntegration({ integrationResponses: [{ statusCode: "200", responseParameters }] }));
  });
const path = (length: number, authorizationType?: AuthorizationType) =>
  api((it) => it.route(`GET /${"a".repeat(length)}`, undefined, authorizationType && { authorizationType }));
const call = (seconds: number, timeout?: Duration, invocationType?: "Event") => (stack: HeadgateStack) => {
  const handler = new NodejsFunction(stack, "Fn", { bundle: "b", timeout: Duration.seconds(seconds) });
  const options = { ...(timeout && { timeout }), ...(invocationType && { invocationType }) };
  new RestApi(stack, "Api").route("GET /a", new LambdaIntegration(handler, options));
};
const many =
  (count: number, make: (stack: HeadgateStack, id: string) => unknown) =>
  (stack: HeadgateStack): void => {
    raiseQuotas(stack, { usagePlans: 2, vpcLinks: 2, clientCertificates: 2, domainNames: 2 });
    for (let index = 0; index < count; index++) make(stack, `Thing${index}`);
  };
const LOAD_BALANCER = {
  arn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/net/a/1",
};
const stages = (count: number) =>
  api((it) => {
    const { latestDeployment: deployment } = it;
    if (deployment === undefined) throw new Error("no deployment");
    for (let index = 1; index < count; index++) new Stage(it, `S${index}`, { deployment, stageName: `s${index}` });
  });

const CASES: readonly Case[] = [
  {
    code: "STAGE_VARIABLE_MISSING",
    problem: '"GET /a" needs the stage variable hots, and stage "prod" has only host',
    build: api((it) => it.route("GET /a", new HttpIntegration("https://${stageVariables.hots}/y")), {
      deployOptions: { variables: { host: "x" } },
    }),
  },
  {
    code: "STAGE_VARIABLE_MISSING",
    problem: 'needs the stage variable tenant, and stage "prod" has no variables',
    build: api((it) => {
      const requestParameters = { "integration.request.header.X-Tenant": "stageVariables.tenant" };
      it.route("GET /a", new HttpIntegration("https://x", { options: { requestParameters } }));
    }),
  },
  {
    code: "RESOURCES_NEAR_QUOTA",
    problem: "may have 300 resources, and it has 240",
    build: api((it) => Array.from({ length: 239 }, (_, index) => it.route(`GET /r${index}`))),
  },
  { code: "STAGES_TOO_MANY", problem: "may have 10 stages, and one of the stack has 11", build: stages(11) },
  { code: "METRIC_DIMENSION_TOO_LONG", problem: "has 256", build: path(255) },
  { code: "METHOD_ARN_TOO_LONG", problem: "of at least 1601 bytes", build: path(1541, AuthorizationType.IAM) },
  {
    code: "METHOD_ARN_TOO_LONG",
    problem: "of at least 1601 bytes",
    build: api((it) => {
      it.denyInvokeFromIpRanges(["203.0.113.0/24"]);
      it.route(`GET /${"a".repeat(1541)}`);
    }),
  },
  {
    code: "TEMPLATE_NOT_UNDERSTOOD",
    problem: 'the request template of "GET /a" for application/json may be no VTL: ',
    build: api((it) =>
      it.route("GET /a", new MockIntegration({ requestTemplates: { "application/json": "#set($a = 'it''s')" } })),
    ),
  },
  {
    code: "GATEWAY_RESPONSE_FIXED",
    problem: "REQUEST_TOO_LARGE",
    build: api((it) => it.addGatewayResponse("Large", { type: ResponseType.REQUEST_TOO_LARGE })),
  },
  { code: "HEADER_REMAPPED", problem: "method.response.header.WWW-Authenticate", build: header("WWW-Authenticate") },
  {
    code: "HEADER_REMAPPED",
    problem: "integration.request.header.te",
    build: api((it) => {
      const requestParameters = { "integration.request.header.te": "'trailers'" };
      it.route("GET /a", new HttpIntegration("https://x.example", { options: { requestParameters } }));
    }),
  },
  {
    code: "INTEGRATION_TIMEOUT_ABOVE_QUOTA",
    problem: '"GET /a" has a timeout of 30000 ms',
    build: api((it) =>
      it.route("GET /a", new HttpIntegration("https://x", { options: { timeout: Duration.seconds(30) } })),
    ),
  },
  { code: "FUNCTION_OUTLIVES_INTEGRATION", problem: "run for 30 s, but the integration waits 29000", build: call(30) },
  { code: "FUNCTION_OUTLIVES_INTEGRATION", problem: "waits 5000 ms", build: call(6, Duration.seconds(5)) },
  {
    code: "FUNCTION_OUTLIVES_INTEGRATION",
    problem: "run for 60 s",
    build: (stack) => {
      const plain = new LambdaFunction(stack, "Plain", { functionName: "plain", role: "r", timeout: 60 });
      new RestApi(stack, "Api").route("GET /a", new LambdaIntegration(plain));
    },
  },
  {
    code: "THROTTLE_ABOVE_ACCOUNT",
    problem: '"GET /a" allows 10001 requests a second, and the account 10000 for all its APIs together',
    build: api((it) => it.route("GET /a", undefined, { throttle: { rateLimit: 10_001, burstLimit: 5 } })),
  },
  {
    code: "THROTTLE_ABOVE_ACCOUNT",
    problem: 'stage "prod" allows 5001 requests at once, and the account 5000 for',
    build: api(() => undefined, { deployOptions: { throttlingBurstLimit: 5001 } }),
  },
  {
    code: "ACCOUNT_QUOTA_EXCEEDED",
    problem: "may have 2 usage plans in a region, and the stack declares 3",
    build: many(3, (stack, id) => new UsagePlan(stack, id)),
  },
  {
    code: "API_KEY_PLANS_TOO_MANY",
    problem: "may be in 10 usage plans, and one of the stack is in 11",
    build: (stack) => {
      const key = new ApiKey(stack, "Key");
      for (let index = 0; index < 11; index++) new UsagePlan(stack, `Plan${index}`).addApiKey(key);
    },
  },
  {
    code: "ACCOUNT_QUOTA_EXCEEDED",
    problem: "may have 2 VPC links in a region",
    build: many(3, (stack, id) => new VpcLink(stack, id, { targets: [LOAD_BALANCER] })),
  },
];

it.each(CASES)(
  "fails when it warns of less than AWS would answer with: $code, $problem",
  ({ code, problem, build }) => {
    const warning = warningsOf(build).find((text) => text.startsWith(`${code}: `));

    expect(warning).toContain(problem);
    expect(warning).toMatch(/\n {2}at test.*\n {2}fix: .+/);
  },
);

it("warns once of a function, however many routes call it", () => {
  const found = warningsOf((stack) => {
    const handler = new NodejsFunction(stack, "Fn", { bundle: "b", timeout: Duration.seconds(60) });
    const made = new RestApi(stack, "Api");
    for (const id of ["a", "b", "c", "d"]) made.route(`GET /${id}`, new LambdaIntegration(handler));
  });

  expect(found).toEqual([expect.stringContaining('answers 504 then: "GET /a", "GET /b", "GET /c" and 1 more\n')]);
});

it.each<[string, (stack: HeadgateStack) => unknown]>([
  ["fewer resources", api((it) => Array.from({ length: 238 }, (_, index) => it.route(`GET /r${index}`)))],
  ["ten stages", stages(10)],
  ["a path that fits into a dimension", path(254)],
  ["headers that arrive", header("Content-Type")],
  ["functions that end in time", call(29)],
  ["functions that nobody waits for", call(60, undefined, "Event")],
  ["the account's own throttle", api((it) => it.route("GET /a", undefined, { throttle: "account-limit" }))],
  ["as many plans as allowed", many(2, (stack, id) => new UsagePlan(stack, id))],
])("say nothing of %s", (_name, build) => {
  expect(warningsOf(build)).toEqual([]);
});

it("compares throttles with the lower defaults of some regions, and with what AWS has raised", () => {
  const build = api((it) => it.route("GET /a", undefined, { throttle: { rateLimit: 2501, burstLimit: 1250 } }));
  const props = (more: Partial<HeadgateStackProps>) => ({ region: "eu-south-1", accountId: "111111111111", ...more });

  expect(warningsOf(build, props({})).join()).toContain("THROTTLE_ABOVE_ACCOUNT");
  expect(warningsOf(build, props({ quotas: { rateLimit: 3000 } }))).toEqual([]);
});
