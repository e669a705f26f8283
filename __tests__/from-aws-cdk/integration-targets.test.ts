import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import * as apigateway from "../../modules";
import { documentOf, onlyResource } from "../../modules/testing";
import { integrationOf, member, operation } from "../modules/support/api";
import { functionIn, resourceIn } from "./declared";
import { snippet } from "./snippet";

snippet(
  "4.1",
  (stack) => {
    const getBookHandler = functionIn(stack);
    const book = resourceIn(stack, "{book_id}");

    const getBookIntegration = new apigateway.LambdaIntegration(getBookHandler);
    book.addMethod("GET", getBookIntegration);
  },
  (terraform) => {
    expect(integrationOf(terraform, "GET /{book_id}").uri).toMatch(/:function:test-Backend:live\/invocations$/);
  },
);

snippet(
  "4.2",
  (stack) => {
    const getBookHandler = functionIn(stack);
    const book = resourceIn(stack, "{book_id}");

    const getBookIntegration = new apigateway.LambdaIntegration(getBookHandler, {
      contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
      credentialsPassthrough: true,
    });

    book.addMethod("GET", getBookIntegration, { authorizationType: apigateway.AuthorizationType.IAM });
  },
  (terraform) => {
    expect(integrationOf(terraform, "GET /{book_id}")).toMatchObject({
      contentHandling: "CONVERT_TO_TEXT",
      credentials: "arn:aws:iam::*:user/*",
    });
  },
);

snippet(
  "4.3",
  (stack) => {
    const book = resourceIn(stack, "{book_id}");
    const getBookIntegration = new apigateway.LambdaIntegration(functionIn(stack));

    book.addMethod("GET", getBookIntegration, {
      authorizationType: apigateway.AuthorizationType.IAM,
      apiKeyRequired: true,
    });
  },
  (terraform) => {
    expect(JSON.stringify(operation(terraform, "GET /{book_id}").security)).toMatch(/api_key/);
    expect(JSON.stringify(documentOf(terraform))).toContain("awsSigv4");
  },
);

snippet(
  "4.4",
  (stack) => {
    const getMessageIntegration = new apigateway.AwsIntegration({
      service: "sqs",
      path: "queueName",
      region: "us-east-1",
    });

    resourceIn(stack, "messages").addMethod("GET", getMessageIntegration);
  },
  (terraform) => {
    expect(integrationOf(terraform, "GET /messages").uri).toBe("arn:aws:apigateway:us-east-1:sqs:path/queueName");
  },
);

snippet(
  "16.1",
  (stack) => {
    new Vpc(stack, "VPC", { cidrBlock: "10.0.0.0/16" });
    const nlb = new Lb(stack, "NLB", {
      name: "books",
      loadBalancerType: "network",
      internal: true,
      subnets: ["subnet-1"],
    });
    const link = new apigateway.VpcLink(stack, "link", {
      targets: [nlb],
    });

    const integration = new apigateway.Integration({
      type: apigateway.IntegrationType.HTTP_PROXY,
      integrationHttpMethod: "ANY",
      options: {
        connectionType: apigateway.ConnectionType.VPC_LINK,
        vpcLink: link,
      },
    });

    resourceIn(stack).addMethod("GET", integration);
  },
  (terraform) => {
    expect(integrationOf(terraform, "GET /books")).toMatchObject({
      type: "http_proxy",
      httpMethod: "ANY",
      uri: "http://${stageVariables.host_NLB}",
      connectionType: "VPC_LINK",
      connectionId: "${stageVariables.vpcLink_link}",
    });
    expect(onlyResource(terraform, "aws_api_gateway_stage").variables).toEqual({
      host_NLB: "${aws_lb.NLB.dns_name}",
      vpcLink_link: expect.stringMatching(/^\$\{aws_api_gateway_vpc_link\.link_\w+\.id\}$/),
    });
  },
);

snippet(
  "16.2",
  (stack) => {
    const awesomeLink = apigateway.VpcLink.fromVpcLinkId(stack, "awesome-vpc-link", "us-east-1_oiuR12Abd");

    const options = { vpcLink: awesomeLink };
    resourceIn(stack).addMethod("GET", new apigateway.HttpIntegration("http://books.internal.example", { options }));
  },
  (terraform) => {
    expect(integrationOf(terraform, "GET /books").connectionId).toBe("us-east-1_oiuR12Abd");
  },
);

snippet(
  "17.1",
  (stack) => {
    const api = new apigateway.RestApi(stack, "books-api");
    api.root.addMethod("GET");
    api.addGatewayResponse("test-response", {
      type: apigateway.ResponseType.ACCESS_DENIED,
      statusCode: "500",
      responseHeaders: {
        "Access-Control-Allow-Origin": "'test.com'",
        "test-key": "'test-value'",
      },
      templates: {
        "application/json":
          '{ "message": $context.error.messageString, "statusCode": "488", "type": "$context.error.responseType" }',
      },
    });
  },
  (terraform) => {
    expect(member(documentOf(terraform), "x-amazon-apigateway-gateway-responses", "ACCESS_DENIED")).toMatchObject({
      statusCode: "500",
      responseParameters: { "gatewayresponse.header.test-key": "'test-value'" },
    });
  },
);
