import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { type HeadgateStack, type Integration, RestApi, SqsIntegration } from "../../../modules";
import { onlyResource, synthApi, type TerraformJson } from "../../../modules/testing";
import { integrationOf, synthMethod, synthWithApi } from "../support/api";

const ROUTE = "GET /items/{id}";

function synthIn(build: (stack: HeadgateStack) => Integration): TerraformJson {
  return synthApi((stack) => {
    new RestApi(stack, "Api").root.resourceForPath("items/{id}").addMethod("GET", build(stack));
  });
}

describe("SqsIntegration", () => {
  it("speaks the JSON protocol of SQS", () => {
    const terraform = synthMethod(new SqsIntegration({ arn: "arn:aws:sqs:eu-west-1:111111111111:events" }));

    expect(integrationOf(terraform, ROUTE)).toEqual({
      type: "aws",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:eu-west-1:sqs:path/111111111111/events",
      credentials: "arn:aws:iam::111111111111:role/Api-events-sender-eu-west-1",
      passthroughBehavior: "never",
      requestParameters: {
        "integration.request.header.Content-Type": "'application/x-amz-json-1.0'",
        "integration.request.header.X-Amz-Target": "'AmazonSQS.SendMessage'",
      },
      requestTemplates: {
        "application/json":
          '{"QueueUrl": "https://sqs.eu-west-1.amazonaws.com/111111111111/events", "MessageBody": ' +
          `"$util.escapeJavaScript($input.body).replaceAll("\\\\'","'")"}`,
      },
      responses: {
        default: {
          statusCode: "202",
          responseTemplates: { "application/json": `{"messageId": "$input.path('$.MessageId')"}` },
        },
        "4\\d{2}": { statusCode: "400", responseTemplates: { "application/json": '{"message": "Bad Request"}' } },
        "5\\d{2}": { statusCode: "502", responseTemplates: { "application/json": '{"message": "Bad Gateway"}' } },
      },
    });
  });

  it("sends what it is told, with attributes", () => {
    const terraform = synthMethod(
      new SqsIntegration(
        { arn: "arn:aws:sqs:eu-west-1:111111111111:events" },
        {
          messageBody: "$input.json('$.event')",
          messageAttributes: { id: "$input.params('id')" },
          successStatusCode: "201",
        },
      ),
    );

    const { requestTemplates, responses } = integrationOf(terraform, ROUTE);
    expect(JSON.stringify(requestTemplates)).toContain("$util.escapeJavaScript($input.json('$.event'))");
    expect(JSON.stringify(requestTemplates)).toContain("$util.escapeJavaScript($input.params('id'))");
    expect(responses).toMatchObject({ default: { statusCode: "201" } });
  });

  it("gets one role per queue that may send to it and do nothing else", () => {
    const terraform = synthWithApi((api, stack) => {
      const queue = new SqsQueue(stack, "Events", { name: "events", sqsManagedSseEnabled: true });
      for (const name of ["a", "b"]) api.root.addResource(name).addMethod("POST", new SqsIntegration(queue));
    });

    const { policy } = onlyResource(terraform, "aws_iam_role_policy");
    expect(JSON.parse(String(policy)).Statement).toEqual([
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["arn:aws:sqs:eu-west-1:111111111111:events"] },
    ]);
    expect(onlyResource(terraform, "aws_iam_role").assume_role_policy).toContain(
      '"Service":"apigateway.amazonaws.com"',
    );
  });

  it.each([
    ["a key by ARN", "arn:aws:kms:eu-west-1:111111111111:key/k", {}, "arn:aws:kms:eu-west-1:111111111111:key/k"],
    ["a key by id", "k", {}, "arn:aws:kms:eu-west-1:111111111111:key/k"],
    [
      "a key that is named",
      "alias/mine",
      { encryptionKey: { arn: "arn:aws:kms:eu-west-1:1:key/n" } },
      "arn:aws:kms:eu-west-1:1:key/n",
    ],
    ["the key of AWS", "alias/aws/sqs", {}, undefined],
  ])("may use %s of the queue", (_name, kmsMasterKeyId, options, expected) => {
    const terraform = synthIn(
      (stack) => new SqsIntegration(new SqsQueue(stack, "Events", { name: "events", kmsMasterKeyId }), options),
    );

    const statements: { Action: string[]; Resource: string[] }[] = JSON.parse(
      String(onlyResource(terraform, "aws_iam_role_policy").policy),
    ).Statement;
    expect(statements.slice(1)).toEqual(
      expected === undefined
        ? []
        : [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: [expected] }],
    );
  });
});
