import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import {
  AnyPrincipal,
  ApiDefinition,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  HttpIntegration,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  PolicyDocument,
  PolicyStatement,
  RestApi,
  type RestApiProps,
  SpecRestApi,
  type SpecRestApiProps,
  VpcLink,
} from "../../modules";
import { documentOf, onlyResource, synthApi, type TerraformJson } from "../../modules/testing";
import { synthWithApi } from "../modules/support/api";
import { expectRefusal } from "../modules/support/refusals";
import { warningsOf } from "../modules/support/warnings";
import { pain } from "./pains";

const REST_API = "aws_api_gateway_rest_api";
const IMPORT = "aws_api_gateway_rest_api_put";
const SPEC = {
  openapi: "3.0.1",
  info: { title: "pets", version: "1" },
  paths: {
    "/pets": {
      get: {
        responses: { "200": { description: "all pets" } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          requestTemplates: { "application/json": '{"statusCode":200}' },
        },
      },
    },
  },
};

const synthProps = (props: RestApiProps) => synthWithApi((api) => api.route("GET /orders"), props);

function synthSpec(
  props: Partial<SpecRestApiProps> = {},
  extend: (api: SpecRestApi) => void = () => {},
): TerraformJson {
  return synthApi((stack) =>
    extend(new SpecRestApi(stack, "Api", { apiDefinition: ApiDefinition.fromInline(SPEC), ...props })),
  );
}

describe(pain(14), () => {
  const statement = new PolicyStatement({
    actions: ["execute-api:Invoke"],
    resources: ["execute-api:/*"],
    principals: [new AnyPrincipal()],
  });
  const terraform = synthProps({
    restApiName: "orders",
    description: "all orders",
    endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: ["vpce-0123456789abcdef0"] },
    policy: new PolicyDocument({ statements: [statement] }),
    binaryMediaTypes: ["image/png"],
    minimumCompressionSize: 1024,
    apiKeySourceType: "AUTHORIZER",
    disableExecuteApiEndpoint: true,
  });

  it("has all that an import resets in the document", () => {
    expect(documentOf(terraform)).toMatchObject({
      info: { title: "orders", description: "all orders" },
      servers: [
        {
          "x-amazon-apigateway-endpoint-configuration": {
            disableExecuteApiEndpoint: true,
            vpcEndpointIds: ["vpce-0123456789abcdef0"],
          },
        },
      ],
      "x-amazon-apigateway-policy": { Statement: [{ Effect: "Allow" }] },
      "x-amazon-apigateway-binary-media-types": ["image/png"],
      "x-amazon-apigateway-minimum-compression-size": 1024,
      "x-amazon-apigateway-api-key-source": "AUTHORIZER",
    });
  });

  it("has none of it as an attribute, where it would come and go", () => {
    expect(Object.keys(onlyResource(terraform, REST_API)).sort()).toEqual([
      "description",
      "endpoint_configuration",
      "name",
    ]);
    expect(onlyResource(terraform, REST_API).endpoint_configuration).toEqual({ types: ["PRIVATE"] });
  });
});

describe(pain(15), () => {
  it("fails on them with a document of our own", () => {
    expect(onlyResource(synthProps({}), IMPORT).fail_on_warnings).toBe(true);
  });

  it.each([
    ["passes on what is not said", {}, false],
    ["fails when it is told to", { failOnWarnings: true }, true],
  ])("with somebody's document %s", (_name, props, expected) => {
    expect(onlyResource(synthSpec(props), IMPORT).fail_on_warnings).toBe(expected);
  });
});

describe(pain(17), () => {
  it("knows all of it at synth: functions, user pools, links, backends", () => {
    const terraform = synthApi((stack) => {
      const pool = new CognitoUserPool(stack, "Pool", { name: "customers" });
      const authorizer = new CognitoUserPoolsAuthorizer(stack, "Customers", { cognitoUserPools: [pool] });
      const target = new Lb(stack, "Balancer", { name: "backend", loadBalancerType: "network", internal: true });
      const vpcLink = new VpcLink(stack, "Link", { targets: [target] });
      const api = new RestApi(stack, "Api");
      api.route("GET /orders", new LambdaIntegration(new NodejsFunction(stack, "Fn", { bundle: "fn" })), {
        authorizer,
      });
      api.route("GET /stock", new HttpIntegration("http://backend.example.com/", { options: { vpcLink } }));
    });

    expect(String(onlyResource(terraform, IMPORT).body)).not.toMatch(/(?<!\$)\$\{/);
  });

  it("warns where only AWS knows a part of it", () => {
    const warnings = warningsOf((stack) => {
      const endpoint = new VpcEndpoint(stack, "Endpoint", { vpcId: "vpc-1", serviceName: "execute-api" });
      const api = new RestApi(stack, "Api", {
        endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
      });
      api.grantInvokeFromVpcEndpointsOnly([endpoint]);
      api.route("GET /orders");
    });

    expect(warnings).toContainEqual(
      expect.stringMatching(/^DOCUMENT_UNKNOWN_AT_PLAN: .*aws_vpc_endpoint\.Endpoint\.id/),
    );
  });
});

describe(pain(18), () => {
  it("stands in the document alone, in one order", () => {
    const [one, other] = [
      ["image/png", "application/pdf"],
      ["application/pdf", "image/png"],
    ].map((binaryMediaTypes) => synthProps({ binaryMediaTypes }));

    expect(one?.resource?.[IMPORT]).toEqual(other?.resource?.[IMPORT]);
    expect(onlyResource(one ?? {}, REST_API)).not.toHaveProperty("binary_media_types");
  });
});

describe(pain(19), () => {
  it("has routes in code in the document that is imported", () => {
    const terraform = synthSpec({}, (api) => api.route("GET /health", new MockIntegration()));

    expect(Object.keys(Object(documentOf(terraform).paths)).sort()).toEqual(["/health", "/pets"]);
    expect(terraform.resource).not.toHaveProperty("aws_api_gateway_method");
  });

  it("fails when code and document have one route", () => {
    expectRefusal({
      code: "DUPLICATE_ROUTE",
      problem: '"GET /pets"',
      build: () => synthSpec({}, (api) => api.route("GET /pets", new MockIntegration())),
    });
  });

  it("fails when a route is added by id to an API whose document is imported here", () => {
    expectRefusal({
      code: "API_OWNED_HERE",
      problem: "test/Owner",
      build: () =>
        synthApi((stack) => {
          const { restApiId, restApi } = new RestApi(stack, "Owner");
          const attributes = { restApiId, rootResourceId: restApi.rootResourceId };
          RestApi.fromRestApiAttributes(stack, "Same", attributes).route("GET /health", new MockIntegration());
        }),
    });
  });
});
