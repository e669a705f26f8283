import * as apigateway from "../../modules";
import { documentOf, onlyResource, synthApi } from "../../modules/testing";
import { integrationOf, member } from "../modules/support/api";
import { resourceIn, vpcEndpointIn } from "./declared";
import { snippet } from "./snippet";

const ORIGIN = "method.response.header.Access-Control-Allow-Origin";
const METHODS = "method.response.header.Access-Control-Allow-Methods";

function preflightOf(terraform: Parameters<typeof integrationOf>[0], path: string) {
  return member(integrationOf(terraform, `OPTIONS ${path}`), "responses", "default", "responseParameters");
}

snippet(
  "14.1",
  (stack) => {
    const api = new apigateway.RestApi(stack, "api", {
      defaultCorsPreflightOptions: {
        allowOrigins: apigateway.Cors.ALL_ORIGINS,
        allowMethods: apigateway.Cors.ALL_METHODS,
      },
    });
    api.root.addResource("books").addMethod("GET");
  },
  (terraform) => {
    expect(preflightOf(terraform, "/books")).toMatchObject({
      [ORIGIN]: "'*'",
      [METHODS]: "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'",
    });
  },
);

snippet(
  "14.2",
  (stack) => {
    const myResource = resourceIn(stack);

    myResource.addCorsPreflight({
      allowOrigins: ["https://amazon.com"],
      allowMethods: ["GET", "PUT"],
    });
    for (const verb of ["GET", "PUT"]) myResource.addMethod(verb);
  },
  (terraform) => {
    expect(preflightOf(terraform, "/books")).toMatchObject({
      [ORIGIN]: "'https://amazon.com'",
      [METHODS]: "'GET,PUT'",
    });
  },
);

snippet(
  "14.3",
  (stack) => {
    const resource = resourceIn(stack);

    const subtree = resource.addResource("subtree", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://amazon.com"],
      },
    });
    subtree.addMethod("GET");
    subtree.addResource("below").addMethod("GET");
  },
  (terraform) => {
    expect(preflightOf(terraform, "/books/subtree/below")).toMatchObject({ [ORIGIN]: "'https://amazon.com'" });
  },
);

snippet(
  "15.1",
  (stack) => {
    const api = new apigateway.RestApi(stack, "api", {
      endpointConfiguration: {
        types: [apigateway.EndpointType.EDGE],
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({ types: ["EDGE"] });
  },
);

snippet(
  "15.2",
  (stack) => {
    const api = new apigateway.RestApi(stack, "api", {
      endpointConfiguration: {
        types: [apigateway.EndpointType.REGIONAL],
        ipAddressType: apigateway.IpAddressType.DUAL_STACK,
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({
      types: ["REGIONAL"],
      ip_address_type: "dualstack",
    });
  },
);

function privateApi(stack: apigateway.HeadgateStack): apigateway.RestApi {
  const someEndpoint = vpcEndpointIn(stack);

  const api = new apigateway.RestApi(stack, "PrivateApi", {
    endpointConfiguration: {
      types: [apigateway.EndpointType.PRIVATE],
      vpcEndpoints: [someEndpoint],
    },
  });
  api.root.addMethod("GET");
  return api;
}

snippet(
  "15.3",
  (stack) => {
    const api = privateApi(stack);
    api.addToResourcePolicy(
      new apigateway.PolicyStatement({
        actions: ["execute-api:Invoke"],
        resources: ["execute-api:/*"],
        principals: [new apigateway.AccountPrincipal("111111111111")],
      }),
    );
  },
  (terraform) => {
    expect(JSON.stringify(documentOf(terraform).servers)).toContain("${data.aws_vpc_endpoint.Endpoint.id}");
  },
);

it("fails when a private API lets nobody in, as 15.3 stands in the README", () => {
  expect(() => synthApi((stack) => privateApi(stack))).toThrow(/^PRIVATE_API_WITHOUT_POLICY: /);
});

snippet(
  "15.4",
  (stack) => {
    const apiGwVpcEndpoint = vpcEndpointIn(stack);

    const api = new apigateway.RestApi(stack, "PrivateApi", {
      endpointConfiguration: {
        types: [apigateway.EndpointType.PRIVATE],
        vpcEndpoints: [apiGwVpcEndpoint],
      },
    });
    api.grantInvokeFromVpcEndpointsOnly([apiGwVpcEndpoint]);
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(JSON.stringify(documentOf(terraform)["x-amazon-apigateway-policy"])).toContain("aws:SourceVpce");
  },
);
