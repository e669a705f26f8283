import type { JsonObject } from "../../../definition/json";
import { toOpenApi } from "../../../definition/openapi/write";
import type { RestApiDefinition } from "../../../definition/rest-api";
import type { DeployedApiDefinition } from "../../../definition/stack";
import { markUnknown } from "../../../definition/unknown";
import { compareApi } from "../../../deploy/drift/compare-apis";
import type { DeclaredStage } from "../../../deploy/drift/declared-stages";
import type { DeployedApi, DeployedStage } from "../../../deploy/drift/deployed-apis";
import { foreignFunctions } from "../../../deploy/drift/foreign-functions";
import { integrationWith, methodWith, restApiWith } from "../../support/definition-builders";

const STAGE: DeclaredStage = { address: "aws_api_gateway_stage.v1", restApiId: "a1", name: "v1", servesNewest: true };
const NEW_API = markUnknown({ address: "aws_api_gateway_rest_api.shop", attribute: "id" });

const definitionOf = (api: RestApiDefinition, id = "a1"): DeployedApiDefinition => ({
  address: "aws_api_gateway_rest_api.shop",
  id,
  api,
  stages: [{ name: "v1", variables: {}, xrayTracingEnabled: false, methodSettings: [], tags: {} }],
});
const deployedOf = (api: RestApiDefinition, stage: Partial<DeployedStage> = {}): DeployedApi => ({
  api: { id: "a1", name: api.name, endpointConfiguration: { types: [api.endpointType] }, tags: { ...api.tags } },
  stages: [{ stage: { stageName: "v1" }, document: toOpenApi(api), ...stage }],
});
const compare = (
  api: RestApiDefinition,
  deployed: DeployedApi | undefined,
  stages: readonly DeclaredStage[] = [STAGE],
) => compareApi({ definition: definitionOf(api), stages, defaultTags: {} }, deployed);

describe("compareApi", () => {
  const api = restApiWith({ methods: [methodWith()] });

  it("finds nothing in what was just deployed", () => {
    expect(compare(api, deployedOf(api)).differences).toEqual([]);
  });

  it("names an API that is gone, and one that was not made yet", () => {
    const [gone] = compare(api, undefined).differences;
    const [unmade] = compareApi(
      { definition: definitionOf(api, NEW_API), stages: [], defaultTags: {} },
      undefined,
    ).differences;

    expect([gone, unmade]).toMatchObject([
      { place: "orders", field: "api", deployed: "missing" },
      { place: "orders", field: "api", deployed: "not in the state" },
    ]);
  });

  it("names a stage that is gone", () => {
    expect(compare(api, { ...deployedOf(api), stages: [] }).differences).toMatchObject([
      { place: "orders/v1", field: "stage", deployed: "missing" },
    ]);
  });

  it("counts the tags that the provider gives to everything", () => {
    const deployed = deployedOf(api);
    const withTags = { ...deployed, api: { ...deployed.api, tags: { owner: "sales" } } };
    const stages = deployed.stages.map((it) => ({ ...it, stage: { ...it.stage, tags: { owner: "sales" } } }));

    expect(
      compareApi(
        { definition: definitionOf(api), stages: [STAGE], defaultTags: { owner: "sales" } },
        { ...withTags, stages },
      ).differences,
    ).toEqual([]);
  });

  it("lists as not compared what a stage serves that keeps an earlier snapshot", () => {
    const { differences, notCompared } = compare(api, deployedOf(api, { document: {} }), [
      { ...STAGE, servesNewest: false },
    ]);

    expect(differences).toEqual([]);
    expect(notCompared).toMatchObject([{ place: "orders/v1", field: "definition" }]);
  });

  it("lists as not compared what AWS does not export, in AWS's words", () => {
    const refused = deployedOf(api, {
      document: undefined,
      refusal: "AWS refused GetExport: JSON body models are not found",
    });

    expect(compare(api, refused)).toEqual({
      differences: [],
      notCompared: [
        { place: "orders/v1", field: "definition", reason: "AWS refused GetExport: JSON body models are not found" },
      ],
    });
  });

  it("fails when an export says what nobody here knows, and says so", () => {
    const document = { ...toOpenApi(api), "x-amazon-apigateway-gateway-responses": { TEAPOT: { statusCode: 418 } } };

    expect(() => compare(api, deployedOf(api, { document }))).toThrow(
      /^VALUE_NOT_ALLOWED: what AWS exports of the stage cannot be read: [\s\S]*at orders\/v1: /,
    );
  });

  it("lists a canary as not compared beside the stage that is", () => {
    const stage = { stageName: "v1", canarySettings: { deploymentId: "d2", percentTraffic: 1 } };
    const { notCompared } = compare(api, deployedOf(api, { stage }));

    expect(notCompared).toContainEqual({
      place: "orders/v1 canary",
      field: "definition",
      reason: "AWS exports no canary",
    });
  });

  it.each<[string, JsonObject]>([
    ["a status that AWS fills in", { THROTTLED: { statusCode: 429, responseParameters: { a: "'b'" } } }],
    [
      "AWS's own template",
      {
        THROTTLED: {
          responseParameters: { a: "'b'" },
          responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
        },
      },
    ],
  ])("takes for nothing in a gateway response: %s", (_what, gatewayResponses) => {
    const declared = restApiWith({
      methods: [methodWith()],
      gatewayResponses: { THROTTLED: { responseParameters: { a: "'b'" }, responseTemplates: {} } },
    });
    const document = { ...toOpenApi(declared), "x-amazon-apigateway-gateway-responses": gatewayResponses };

    expect(compare(declared, deployedOf(declared, { document })).differences).toEqual([]);
  });

  const inline = (name: string, type: string) =>
    restApiWith({
      models: { [name]: { contentType: "application/json", schema: { type } } },
      methods: [methodWith({ requestModels: { "application/json": name } })],
    });

  it("finds a schema that AWS has named by where it stands", () => {
    expect(compare(inline("getordersModel1", "object"), deployedOf(inline("MODEL4b1f", "object"))).differences).toEqual(
      [],
    );
    expect(compare(inline("getordersModel1", "object"), deployedOf(inline("MODEL4b1f", "string"))).differences).toEqual(
      [{ place: "orders/v1", field: "models.getordersModel1.type", declared: "object", deployed: "string" }],
    );
  });

  it("takes blanks between identity sources for nothing", () => {
    const withSource = (identitySource: string) =>
      restApiWith({
        authorizers: { key: { type: "REQUEST", uri: "arn", identitySource, resultTtlSeconds: 0, providerArns: [] } },
        methods: [methodWith({ authorizationType: "CUSTOM", authorizer: "key" })],
      });

    expect(compare(withSource("a,b"), deployedOf(withSource("a, b"))).differences).toEqual([]);
  });

  it("takes a cache namespace that AWS chose for nothing", () => {
    const integration = integrationWith({ cacheKeyParameters: ["method.request.querystring.page"] });
    const theirs = restApiWith({
      methods: [methodWith({ integration: { ...integration, cacheNamespace: "x1y2z3" } })],
    });

    expect(compare(restApiWith({ methods: [methodWith({ integration })] }), deployedOf(theirs)).differences).toEqual(
      [],
    );
  });
});

describe("foreignFunctions", () => {
  const uri =
    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:list:live/invocations";
  const api = restApiWith({ methods: [methodWith({ integration: integrationWith({ type: "AWS_PROXY", uri }) })] });
  const functionOf = (name: string) => ({
    ...{ address: "a", name, environment: {}, aliases: [], architectures: [], layers: [] },
    ...{ tracingMode: "Active", ephemeralStorageMb: 512 },
  });

  it("lists functions of other stacks as not compared", () => {
    const definition = {
      ...{ name: "orders", region: "eu-west-1", apis: [definitionOf(api)], usagePlans: [], apiKeys: [], functions: [] },
      ...{ tables: [], queues: [], domains: [], firewalls: [] },
    };

    expect(foreignFunctions({ definition, functions: [] }).notCompared).toMatchObject([
      { place: "list", field: "code" },
    ]);
    expect(foreignFunctions({ definition, functions: [functionOf("list")] }).notCompared).toEqual([]);
  });
});
