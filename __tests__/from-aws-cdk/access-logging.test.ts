import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import * as apigateway from "../../modules";
import { onlyResource, resourcesOf, type TerraformJson } from "../../modules/testing";
import { member } from "../modules/support/api";
import { snippet } from "./snippet";

/** `prod` → the format of its access log. */
function formats(terraform: TerraformJson): Readonly<Record<string, string>> {
  const stages = Object.values(resourcesOf(terraform, "aws_api_gateway_stage"));
  return Object.fromEntries(
    stages
      .filter((stage) => stage.access_log_settings !== undefined)
      .map((stage) => [stage.stage_name, String(member(stage, "access_log_settings").format)]),
  );
}

snippet(
  "13.1",
  (stack) => {
    const prodLogGroup = new CloudwatchLogGroup(stack, "PrdLogs", { name: "prod" });
    const api = new apigateway.RestApi(stack, "books", {
      deployOptions: {
        accessLogDestination: new apigateway.LogGroupLogDestination(prodLogGroup),
        accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
      },
    });
    api.root.addMethod("GET");
    const deployment = new apigateway.Deployment(stack, "Deployment", { api });

    const devLogGroup = new CloudwatchLogGroup(stack, "DevLogs", { name: "dev" });
    new apigateway.Stage(stack, "dev", {
      stageName: "dev",
      deployment,
      accessLogDestination: new apigateway.LogGroupLogDestination(devLogGroup),
      accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields({
        caller: false,
        httpMethod: true,
        ip: true,
        protocol: true,
        requestTime: true,
        resourcePath: true,
        responseLength: true,
        status: true,
        user: true,
      }),
    });
  },
  (terraform) => {
    const { prod, dev } = formats(terraform);

    expect(JSON.parse(String(prod))).toMatchObject({ caller: "$context.identity.caller" });
    expect(JSON.parse(String(dev))).toEqual({
      requestId: "$context.requestId",
      httpMethod: "$context.httpMethod",
      ip: "$context.identity.sourceIp",
      protocol: "$context.protocol",
      requestTime: "$context.requestTime",
      resourcePath: "$context.resourcePath",
      responseLength: "$context.responseLength",
      status: "$context.status",
      user: "$context.identity.user",
    });
  },
);

snippet(
  "13.2",
  (stack) => {
    const logGroup = new CloudwatchLogGroup(stack, "ApiGatewayAccessLogs", { name: "books" });
    const api = new apigateway.RestApi(stack, "books", {
      deployOptions: {
        accessLogDestination: new apigateway.LogGroupLogDestination(logGroup),
        accessLogFormat: apigateway.AccessLogFormat.clf(),
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(formats(terraform).prod).toBe(
      "$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] " +
        '"$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId',
    );
  },
);

snippet(
  "13.3",
  (stack) => {
    const logGroup = new CloudwatchLogGroup(stack, "ApiGatewayAccessLogs", { name: "books" });
    const { AccessLogField } = apigateway;
    const api = new apigateway.RestApi(stack, "books", {
      deployOptions: {
        accessLogDestination: new apigateway.LogGroupLogDestination(logGroup),
        accessLogFormat: apigateway.AccessLogFormat.custom(
          `${AccessLogField.contextRequestId()} ${AccessLogField.contextErrorMessage()} ` +
            `${AccessLogField.contextErrorMessageString()} ${AccessLogField.contextAuthorizerError()} ` +
            `${AccessLogField.contextAuthorizerIntegrationStatus()}`,
        ),
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(formats(terraform).prod).toBe(
      "$context.requestId $context.error.message $context.error.messageString $context.authorizer.error $context.authorizer.integrationStatus",
    );
  },
);

snippet(
  "13.4",
  (stack) => {
    const api = new apigateway.RestApi(stack, "books");
    api.root.addMethod("GET");
    const deployment = new apigateway.Deployment(stack, "my-deployment", { api });
    new apigateway.Stage(stack, "my-stage", {
      stageName: "mine",
      deployment,
      methodOptions: {
        "/*/*": {
          throttlingRateLimit: 100,
          throttlingBurstLimit: 200,
        },
      },
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_method_settings")).toMatchObject({
      method_path: "*/*",
      settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 },
    });
  },
);

snippet(
  "13.5",
  (stack) => {
    const api = new apigateway.RestApi(stack, "books", {
      deployOptions: {
        methodOptions: {
          "/*/*": {
            throttlingRateLimit: 100,
            throttlingBurstLimit: 1000,
          },
        },
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_method_settings")).toMatchObject({
      method_path: "*/*",
      settings: { throttling_rate_limit: 100, throttling_burst_limit: 1000 },
    });
  },
);

snippet(
  "13.6",
  (stack) => {
    const destinationBucket = new S3Bucket(stack, "Bucket", { bucket: "access-logs" });
    const deliveryStreamRole = new apigateway.Role(stack, "Role", {
      assumedBy: new apigateway.ServicePrincipal("firehose.amazonaws.com"),
    });

    const stream = new KinesisFirehoseDeliveryStream(stack, "MyStream", {
      name: "amazon-apigateway-delivery-stream",
      destination: "extended_s3",
      extendedS3Configuration: {
        bucketArn: destinationBucket.arn,
        roleArn: deliveryStreamRole.roleArn,
      },
    });

    const api = new apigateway.RestApi(stack, "books", {
      deployOptions: {
        accessLogDestination: new apigateway.FirehoseLogDestination(stream),
        accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_stage").access_log_settings).toMatchObject({
      destination_arn: "${aws_kinesis_firehose_delivery_stream.MyStream.arn}",
    });
  },
);
