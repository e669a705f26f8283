import { readStackJson } from "../../definition/terraform/read-stack";
import { createGateway } from "../../local/pipeline";
import {
  AuthorizationType,
  DomainName,
  type DomainNameOptions,
  type MethodOptions,
  type Metric,
  type RestApi,
  type RestApiProps,
  type StageOptions,
} from "../../modules";
import { onlyResource, resourcesOf, type TerraformJson } from "../../modules/testing";
import { operation, synthWithApi } from "../modules/support/api";
import { expectRefusal, findingsOf } from "../modules/support/refusals";
import { fakeHost, send } from "../support/gateway";
import { pain } from "./pains";
import { addressesOf } from "./terraform-json";

const STAGE = "aws_api_gateway_stage";

describe(pain(37), () => {
  const alarm = (watch: (api: RestApi) => Metric, deployOptions: StageOptions = {}, threshold = 1) =>
    synthWithApi(
      (api, stack) => {
        api.route("GET /orders");
        watch(api).createAlarm(stack, "Alarm", { threshold, evaluationPeriods: 1 });
      },
      { restApiName: "orders", deployOptions },
    );
  const ofRoute = (api: RestApi) => {
    const [method] = api.methods;
    if (method === undefined) throw new Error("no method");
    return method.metricServerError(api.deploymentStage);
  };

  it.each([
    ["an API", alarm((api) => api.metricServerError()), { ApiName: "orders" }],
    ["a stage", alarm((api) => api.deploymentStage.metricServerError()), { ApiName: "orders", Stage: "prod" }],
    [
      "a route",
      alarm(ofRoute, { metricsEnabled: true }),
      { ApiName: "orders", Stage: "prod", Resource: "/orders", Method: "GET" },
    ],
  ])("watches %s by the dimensions that AWS sends", (_name, terraform, dimensions) => {
    expect(onlyResource(terraform, "aws_cloudwatch_metric_alarm").dimensions).toEqual(dimensions);
  });

  it.each([
    ["METRIC_NEEDS_DETAIL", '5XXError of "GET /orders"', () => alarm(ofRoute)],
    ["METRIC_NEEDS_CACHE", 'CacheHitCount of API "orders"', () => alarm((api) => api.metricCacheHitCount())],
    ["ALARM_CANNOT_FIRE", "is 0 to 1", () => alarm((api) => api.metricServerError({ statistic: "Average" }), {}, 5)],
  ])("fails when nothing would be sent, or nothing would be enough: %s", (code, problem, build) => {
    expectRefusal({ code, problem, build });
  });
});

describe(pain(38), () => {
  const withPlan = (routes: readonly string[]) =>
    synthWithApi((api) => {
      for (const route of routes) api.route(route, undefined, { apiKeyRequired: true });
      api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] }).addApiKey(api.addApiKey("Key"));
    });

  it("refers to a stage that stays the same stage when another snapshot is deployed", () => {
    const [before, after] = [withPlan(["GET /orders"]), withPlan(["GET /orders", "POST /orders"])];

    const [stage] = Object.keys(resourcesOf(after, STAGE));
    expect(onlyResource(after, "aws_api_gateway_usage_plan").api_stages).toEqual([
      expect.objectContaining({ stage: `\${${STAGE}.${stage}.stage_name}` }),
    ]);
    expect(addressesOf(after)).toEqual(addressesOf(before));
    const served = (terraform: TerraformJson) => ({
      ...onlyResource(terraform, STAGE),
      deployment_id: "",
      depends_on: [],
    });
    expect(served(after)).toEqual(served(before));
  });
});

describe(pain(39), () => {
  const props: RestApiProps = { defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example.com"] } };
  const synth = (options: MethodOptions) => synthWithApi((api) => api.route("GET /orders", undefined, options), props);
  const ORIGIN = ["Origin", "https://shop.example.com"] as const;

  async function gatewayOf(terraform: TerraformJson) {
    const stack = await readStackJson(JSON.parse(JSON.stringify(terraform)), "test");
    return createGateway({ stacks: [stack], host: fakeHost() });
  }

  it.each<[string, MethodOptions, string, number]>([
    ["a preflight needs no key", { apiKeyRequired: true }, "OPTIONS", 204],
    ["a call without a key is refused", { apiKeyRequired: true }, "GET", 403],
    ["a call without a parameter is refused", requiring("q"), "GET", 400],
    ["a call is answered", {}, "GET", 200],
  ])("lets pages read the answer: %s", async (_name, options, method, status) => {
    const gateway = await gatewayOf(synth(options));

    const answer = await send(gateway, { method, target: "/prod/orders", headers: [ORIGIN] });

    expect(answer.status).toBe(status);
    expect(answer.headers["access-control-allow-origin"]).toBe("https://shop.example.com");
  });

  it("asks no preflight for authorization where the route does", () => {
    const terraform = synth({ authorizationType: AuthorizationType.IAM });

    expect(operation(terraform, "GET /orders")).toHaveProperty("security");
    expect(operation(terraform, "OPTIONS /orders")).not.toHaveProperty("security");
  });
});

describe(pain(40), () => {
  const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-0000-0000-000000000000";
  const synthDomain = (options: Partial<DomainNameOptions> = {}) =>
    synthWithApi((api, stack) => {
      api.route("GET /orders");
      new DomainName(stack, "Domain", {
        domainName: "api.example.com",
        certificate: CERTIFICATE,
        mapping: api,
        ...options,
      });
    });

  it("is regional, with its certificate where regional domains have theirs", () => {
    const domain = onlyResource(synthDomain(), "aws_api_gateway_domain_name");

    expect(domain).toMatchObject({
      regional_certificate_arn: CERTIFICATE,
      endpoint_configuration: { types: ["REGIONAL"] },
      security_policy: "TLS_1_2",
    });
    expect(domain).not.toHaveProperty("certificate_arn");
  });

  it("fails when the certificate is in a region where the domain does not find it", () => {
    const findings = findingsOf(() => synthDomain({ endpointType: "EDGE" }));

    expect(findings).toContainEqual(expect.stringMatching(/^CERTIFICATE_REGION_WRONG: /));
  });

  it("maps the stage, which stays when another snapshot is deployed", () => {
    const [stage] = Object.keys(resourcesOf(synthDomain(), STAGE));

    expect(onlyResource(synthDomain(), "aws_api_gateway_base_path_mapping").stage_name).toBe(
      `\${${STAGE}.${stage}.stage_name}`,
    );
  });
});

function requiring(name: string): MethodOptions {
  return {
    requestParameters: { [`method.request.querystring.${name}`]: true },
    requestValidatorOptions: { validateRequestParameters: true },
  };
}
