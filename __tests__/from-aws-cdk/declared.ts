import { DataAwsVpcEndpoint } from "@cdktf/provider-aws/lib/data-aws-vpc-endpoint";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import * as apigateway from "../../modules";

/** What snippets declare and do not define. */
type Stack = apigateway.HeadgateStack;

export const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/11-3336f1";
export const EDGE_CERTIFICATE = CERTIFICATE.replace("eu-west-1", "us-east-1");

export function functionIn(stack: Stack, id = "Backend"): apigateway.Function {
  return new apigateway.Function(stack, id, {
    runtime: apigateway.Runtime.NODEJS_22_X,
    handler: "index.handler",
    code: apigateway.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
  });
}

/** An API with one method, because API Gateway deploys no API without. */
export function apiIn(stack: Stack, id = "api", props: apigateway.RestApiProps = {}): apigateway.RestApi {
  const api = new apigateway.RestApi(stack, id, { disableExecuteApiEndpoint: true, ...props });
  api.root.addMethod("GET");
  return api;
}

export function resourceIn(stack: Stack, pathPart = "books"): apigateway.Resource {
  return new apigateway.RestApi(stack, "Declared").root.addResource(pathPart);
}

export function userIn(stack: Stack): IamUser {
  return new IamUser(stack, "User", { name: "reader" });
}

export function stateMachineIn(stack: Stack): SfnStateMachine {
  return new SfnStateMachine(stack, "StateMachine", {
    name: "orders",
    type: "EXPRESS",
    definition: JSON.stringify({ StartAt: "Pass", States: { Pass: { Type: "Pass", End: true } } }),
    roleArn: "arn:aws:iam::111111111111:role/machine",
  });
}

export function vpcEndpointIn(stack: Stack): DataAwsVpcEndpoint {
  return new DataAwsVpcEndpoint(stack, "Endpoint", { serviceName: "com.amazonaws.eu-west-1.execute-api" });
}

export function domainIn(stack: Stack, id = "domain"): apigateway.DomainName {
  return new apigateway.DomainName(stack, id, { domainName: "example.com", certificate: CERTIFICATE });
}
