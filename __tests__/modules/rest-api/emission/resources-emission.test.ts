import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformStack } from "cdktf";
import type { JsonObject } from "../../../../definition/json";
import {
  type HeadgateStack,
  HttpIntegration,
  LambdaIntegration,
  MockIntegration,
  Model,
  movedFrom,
  NodejsFunction,
  RestApi,
  type RestApiProps,
  RetentionDays,
  TokenAuthorizer,
} from "../../../../modules";
import {
  assertOrderRules,
  orderViolations,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../../modules/testing";
import { expectRefusal } from "../../support/refusals";
import { warningsOf } from "../../support/warnings";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const ITEM = { type: "object", properties: { id: { type: "string" } } };

function synthRoutes(build: (api: RestApi, stack: HeadgateStack) => void, props: RestApiProps = {}): TerraformJson {
  return synthApi((stack) => build(new RestApi(stack, "Api", { emission: "resources", ...props }), stack));
}

function everything(stack: HeadgateStack): void {
  const table = new DynamodbTable(stack, "Orders", { name: "orders", hashKey: "id" });
  const handler = new NodejsFunction(stack, "Fn", { bundle: "create-order", environment: { ORDERS_TABLE: "orders" } });
  handler.grant(table, "dynamodb:PutItem");
  const api = new RestApi(stack, "Api", {
    emission: "resources",
    description: "Orders, at ${stageVariables.x}",
    binaryMediaTypes: ["image/png"],
    minimumCompressionSize: 1024,
    apiKeySourceType: "AUTHORIZER",
    disableExecuteApiEndpoint: true,
    endpointConfiguration: { types: ["PRIVATE"], vpcEndpoints: ["vpce-0a1b2c3d"] },
    defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example"] },
    deployOptions: { stageName: "v1", accessLogRetention: RetentionDays.ONE_DAY },
  });
  api.grantInvokeFromVpcEndpointsOnly(["vpce-0a1b2c3d"]);
  api.addModel("Item", { schema: ITEM });
  const order = api.addModel("Order", {
    schema: {
      type: "object",
      properties: { items: { type: "array", items: { $ref: "#/components/schemas/Item" } } },
    },
  });
  api.route("POST /orders", new LambdaIntegration(handler), {
    requestBody: order,
    authorizer: new TokenAuthorizer(stack, "Token", { handler }),
    apiKeyRequired: true,
  });
  api.route("GET /orders/{orderId}", new HttpIntegration("https://example.com/orders/{orderId}"), {
    cache: { ttlSeconds: 60 },
    operationName: "readOrder",
  });
  api.route("GET /health", new MockIntegration(), {
    methodResponses: [{ statusCode: "200", responseModels: { "application/json": Model.EMPTY_MODEL } }],
  });
}

/** Addresses of all parts of APIs. */
function addresses(terraform: TerraformJson): readonly string[] {
  return Object.entries(terraform.resource ?? {})
    .filter(([type]) => type === "terraform_data" || type.startsWith("aws_api_gateway_"))
    .filter(([type]) => type !== "aws_api_gateway_deployment")
    .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
    .sort();
}

describe("an API as resources", () => {
  it("is emitted as the least it can be: minimal", () => {
    expect(synthRoutes((api) => api.root.addMethod("GET"))).toMatchSnapshot();
  });

  it("is emitted with everything that it can have: everything", () => {
    expect(synthApi(everything)).toMatchSnapshot();
  });

  it("keeps the rules of the order of apply", () => {
    assertOrderRules(synthApi(everything));
  });

  it.each([
    ["aws_api_gateway_integration_response", "GET_health"],
    ["aws_api_gateway_gateway_response", "DEFAULT_4XX"],
    ["aws_api_gateway_rest_api_policy", "policy"],
  ])("breaks them when the deployment does not wait for %s", (type, part) => {
    const terraform = JSON.parse(JSON.stringify(synthApi(everything)));
    for (const deployment of Object.values<{ depends_on: string[] }>(terraform.resource.aws_api_gateway_deployment)) {
      deployment.depends_on = deployment.depends_on.filter((address) => !address.startsWith(`${type}.Api_${part}`));
    }

    expect(orderViolations(terraform)).toContainEqual(
      expect.objectContaining({ rule: "import-first", problem: expect.stringContaining(type) }),
    );
  });

  it("breaks them when the stage does not wait for a permission", () => {
    const terraform = JSON.parse(JSON.stringify(synthApi(everything)));
    for (const stage of Object.values<{ depends_on: string[] }>(terraform.resource.aws_api_gateway_stage)) {
      stage.depends_on = stage.depends_on.filter((address) => !address.startsWith("aws_lambda_permission."));
    }

    expect(orderViolations(terraform).map(({ rule }) => rule)).toContain("traffic-last");
  });

  it("has addresses that come from its routes, wherever and in whatever order they are declared", () => {
    const oneByOne = synthRoutes((api) => {
      api.route("GET /orders/{orderId}");
      api.route("POST /orders");
    });
    const nested = synthRoutes((api) => {
      const orders = api.root.addResource("orders");
      orders.addMethod("POST");
      orders.addResource("{orderId}").addMethod("GET");
    });

    expect(addresses(nested)).toEqual(addresses(oneByOne));
    expect(addresses(oneByOne)).toContainEqual(
      expect.stringMatching(/^aws_api_gateway_method\.Api_GET_orders_param_[0-9a-f]{8}$/),
    );
  });

  it("updates a path variable that is renamed in place", () => {
    const before = synthRoutes((api) => api.route("GET /orders/{id}"));
    const after = synthRoutes((api) => api.route("GET /orders/{orderId}"));

    expect(addresses(after)).toEqual(addresses(before));
  });

  it("redeploys for the same changes as the document", () => {
    const deployments = (props: RestApiProps) =>
      Object.keys(
        resourcesOf(
          synthRoutes((api) => api.route("GET /a"), props),
          "aws_api_gateway_deployment",
        ),
      );

    expect(deployments({ emission: "resources" })).toEqual(deployments({ emission: "openapi" }));
    expect(deployments({ binaryMediaTypes: ["a/b"] })).not.toEqual(deployments({}));
    expect(deployments({ description: "prose" })).toEqual(deployments({}));
  });

  it("refers to values of other stacks", () => {
    synthApi((stack) => {
      const table = new DynamodbTable(new TerraformStack(stack.node.root, "other"), "Table", {
        name: "a",
        hashKey: "id",
      });
      const api = new RestApi(stack, "Api", { emission: "resources" });
      api.route("GET /a", new HttpIntegration(`https://example.com/${table.streamLabel}`));

      stack.prepareStack();

      expect(JSON.stringify(stack.toTerraform())).toContain(
        '"uri":"https://example.com/${data.terraform_remote_state.',
      );
    });
  });

  it("moves with its construct", () => {
    const before = addresses(synthApi((stack) => new RestApi(stack, "Old", { emission: "resources" }).route("GET /a")));
    const after = synthApi((stack) => {
      const api = new RestApi(stack, "New", { emission: "resources", restApiName: "Old" });
      api.route("GET /a");
      movedFrom(api, "Old");
    });

    const moved = after.moved as readonly { from: string; to: string }[];
    expect(moved.map(({ from }) => from).sort()).toEqual(before);
    expect(moved.map(({ to }) => to).sort()).toEqual(addresses(after));
  });

  it("is forgotten when it becomes a document", () => {
    const resources = synthRoutes((api) => api.route("GET /a"));
    const document = synthRoutes((api) => api.route("GET /a"), { emission: "openapi", formerEmission: "resources" });

    const removed = document.removed as readonly JsonObject[];
    const left = addresses(document);
    expect(removed.map(({ from }) => from).sort()).toEqual(addresses(resources).filter((it) => !left.includes(it)));
    expect(removed.every(({ lifecycle }) => JSON.stringify(lifecycle) === '{"destroy":false}')).toBe(true);
  });

  it("warns once of what stays live", () => {
    const warnings = warningsOf((stack) => {
      const api = new RestApi(stack, "Api", { emission: "resources" });
      api.route("GET /a");
      api.route("GET /b");
    });

    expect(warnings.filter((text) => text.startsWith("REMOVED_ROUTES_STAY_LIVE"))).toHaveLength(1);
  });

  it.each([
    {
      title: "an imported API shall become resources in place",
      code: "EMISSION_CHANGE_UNSUPPORTED",
      problem: "under ids that only AWS knows",
      props: { formerEmission: "openapi" },
    },
    {
      title: "the former form is the form",
      code: "FORMER_EMISSION_IS_EMISSION",
      problem: 'both "resources"',
      props: { formerEmission: "resources" },
    },
  ] as const)("fails when $title", ({ code, problem, props }) => {
    expectRefusal({ code, problem, build: () => synthRoutes((api) => api.root.addMethod("GET"), props) });
  });

  it("fails when models refer to each other in a circle", () => {
    const refersTo = (model: string) => ({
      type: "object",
      properties: { a: { $ref: `#/components/schemas/${model}` } },
    });

    expectRefusal({
      code: "MODEL_REFERENCE_CYCLE",
      problem: 'the model "A" refers to another model that refers back to it',
      build: () =>
        synthRoutes((api) => {
          api.root.addMethod("GET");
          api.addModel("A", { schema: refersTo("B") });
          api.addModel("B", { schema: refersTo("A") });
        }),
    });
  });

  it("fails when a model takes a name that every API has", () => {
    expectRefusal({
      code: "MODEL_NAME_TAKEN",
      problem: 'the model "Error" has another schema',
      build: () =>
        synthRoutes((api) => {
          api.root.addMethod("GET");
          api.addModel("Error", { schema: ITEM });
        }),
    });
  });
});
