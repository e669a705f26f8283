import { DataAwsVpcEndpoint } from "@cdktf/provider-aws/lib/data-aws-vpc-endpoint";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import {
  AnyPrincipal,
  EndpointType,
  type HeadgateStack,
  IpAddressType,
  PolicyDocument,
  PolicyStatement,
  RestApi,
  type RestApiProps,
  type VpcEndpointTarget,
} from "../../../modules";
import { assertOrderRules, documentOf, onlyResource, synthApi, type TerraformJson } from "../../../modules/testing";
import { synthWithApi } from "../support/api";
import { api, expectRefusal, type Refusal } from "../support/refusals";
import { warningsOf } from "../support/warnings";

const ENDPOINT = "vpce-0123456789abcdef0";
const PRIVATE = { types: [EndpointType.PRIVATE] } as const;

function buildPrivateApi(endpoint: (stack: HeadgateStack) => VpcEndpointTarget) {
  return (stack: HeadgateStack) => {
    const vpcEndpoint = endpoint(stack);
    const api = new RestApi(stack, "Api", { endpointConfiguration: { ...PRIVATE, vpcEndpoints: [vpcEndpoint] } });
    api.grantInvokeFromVpcEndpointsOnly([vpcEndpoint]);
    api.root.addMethod("GET");
  };
}

function ownEndpoint(stack: HeadgateStack): VpcEndpoint {
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  return new VpcEndpoint(stack, "Endpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.eu-west-1.execute-api",
    vpcEndpointType: "Interface",
  });
}

function synthEndpoint(props: RestApiProps): TerraformJson {
  return synthWithApi((it) => it.root.addMethod("GET"), props);
}

describe("the endpoint of an API", () => {
  it("is edge-optimized when asked for", () => {
    const terraform = synthEndpoint({ endpointConfiguration: { types: [EndpointType.EDGE] } });

    expect(onlyResource(terraform, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({ types: ["EDGE"] });
  });

  it("takes IPv6 when asked for", () => {
    const terraform = synthEndpoint({
      endpointConfiguration: { types: ["REGIONAL"], ipAddressType: IpAddressType.DUAL_STACK },
    });

    expect(onlyResource(terraform, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({
      ip_address_type: "dualstack",
      types: ["REGIONAL"],
    });
  });
});

describe("a private API", () => {
  it("names its VPC endpoints in the document only", () => {
    const terraform = synthApi(buildPrivateApi(() => ENDPOINT));

    expect(onlyResource(terraform, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({ types: ["PRIVATE"] });
    expect(documentOf(terraform).servers).toMatchObject([
      { url: "/", "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: [ENDPOINT] } },
    ]);
  });

  it("shuts out whoever does not come through its VPC endpoints", () => {
    const terraform = synthApi(buildPrivateApi(() => ENDPOINT));

    expect(documentOf(terraform)["x-amazon-apigateway-policy"]).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: ["execute-api:Invoke"],
          Resource: ["execute-api:/*"],
          Condition: { StringNotEquals: { "aws:SourceVpce": [ENDPOINT] } },
        },
        { Effect: "Allow", Principal: "*", Action: ["execute-api:Invoke"], Resource: ["execute-api:/*"] },
      ],
    });
  });

  it("lets in all VPC endpoints that were ever granted, in one condition", () => {
    const terraform = synthWithApi(
      (it) => {
        it.root.addMethod("GET");
        it.grantInvokeFromVpcEndpointsOnly(["vpce-1"]);
        it.grantInvokeFromVpcEndpointsOnly(["vpce-2", "vpce-1"]);
      },
      { endpointConfiguration: PRIVATE },
    );

    expect(documentOf(terraform)["x-amazon-apigateway-policy"]).toMatchObject({
      Statement: [{ Condition: { StringNotEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } } }, { Effect: "Allow" }],
    });
  });

  it("adds to the policy of its props, which stays as it is", () => {
    const statement = (resource: string) =>
      new PolicyStatement({ actions: ["execute-api:Invoke"], principals: [new AnyPrincipal()], resources: [resource] });
    const policy = new PolicyDocument({ statements: [statement("execute-api:/a")] });

    const terraform = synthWithApi(
      (it) => {
        it.root.addMethod("GET");
        it.addToResourcePolicy(statement("execute-api:/b"));
      },
      { endpointConfiguration: PRIVATE, policy },
    );

    expect(documentOf(terraform)["x-amazon-apigateway-policy"]).toMatchObject({
      Statement: [{ Resource: ["execute-api:/a"] }, { Resource: ["execute-api:/b"] }],
    });
    expect(policy.toJSON().Statement).toHaveLength(1);
  });

  it("refers to an endpoint of its own stack, and is applied after it", () => {
    const terraform = synthApi(buildPrivateApi(ownEndpoint));

    expect(JSON.stringify(documentOf(terraform).servers)).toContain("${aws_vpc_endpoint.Endpoint.id}");
    assertOrderRules(terraform);
  });
});

describe("a document with values that exist only after apply", () => {
  it("is warned of at synth", () => {
    const [warning, ...others] = warningsOf(buildPrivateApi(ownEndpoint));

    expect(warning).toMatch(
      /^DOCUMENT_UNKNOWN_AT_PLAN: .+ \$\{aws_vpc_endpoint\.Endpoint\.id\}: .+\n {2}at test\/Api\n/,
    );
    expect(warning).toContain("fix: pass a literal or a data source");
    expect(others).toEqual([]);
  });

  it.each([
    ["literals", () => ENDPOINT],
    [
      "data sources",
      (stack: HeadgateStack) => new DataAwsVpcEndpoint(stack, "Theirs", { serviceName: "execute-api", vpcId: "vpc-1" }),
    ],
  ])("is not warned of when it holds %s", (_name, endpoint) => {
    expect(warningsOf(buildPrivateApi(endpoint))).toEqual([]);
  });
});

const REFUSALS: readonly Refusal[] = [
  {
    code: "ENDPOINT_CONFIGURATION_AMBIGUOUS",
    problem: "both endpointTypes and endpointConfiguration",
    build: api({ endpointTypes: ["EDGE"], endpointConfiguration: { types: ["EDGE"] } }),
  },
  {
    code: "ENDPOINT_TYPE_NOT_ONE",
    problem: 'got ["EDGE","REGIONAL"]',
    build: api({ endpointConfiguration: JSON.parse('{"types": ["EDGE", "REGIONAL"]}') }),
  },
  {
    code: "VPC_ENDPOINTS_WITHOUT_PRIVATE",
    problem: "this one is REGIONAL",
    build: api({ endpointConfiguration: { types: ["REGIONAL"], vpcEndpoints: [ENDPOINT] } }),
  },
  {
    code: "PRIVATE_API_IP_ADDRESS_TYPE",
    problem: 'got "ipv4"',
    build: api({ endpointConfiguration: { ...PRIVATE, ipAddressType: "ipv4" } }),
  },
  {
    code: "PRIVATE_API_WITHOUT_POLICY",
    problem: "no private API without a resource policy",
    build: api({ endpointConfiguration: PRIVATE }),
  },
  {
    code: "RESOURCE_POLICY_TOO_LONG",
    problem: "may have 8192 characters",
    build: api({}, (it) => {
      it.root.addMethod("GET");
      it.addToResourcePolicy(new PolicyStatement({ actions: ["a".repeat(8192)], resources: [] }));
    }),
  },
];

it.each(REFUSALS)("fails when an endpoint or its policy cannot be: $code", expectRefusal);
