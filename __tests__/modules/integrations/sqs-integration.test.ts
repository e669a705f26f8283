import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { HeadgateStack, type Integration, RestApi, SqsIntegration } from "../../../modules";
import { onlyResource, resourcesOf, synthApi, synthStack, type TerraformJson } from "../../../modules/testing";
import { integrationOf, member, synthMethod, synthWithApi } from "../support/api";

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
      credentials: "arn:aws:iam::111111111111:role/Api-events-queue-eu-west-1",
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
        "4\\d{2}": { statusCode: "400", responseTemplates: { "application/json": expect.any(String) } },
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

  it("gives queues of one name in different accounts a role each", () => {
    const terraform = synthWithApi((api) => {
      for (const [name, account] of Object.entries({ a: "111111111111", b: "222222222222" })) {
        api.root
          .addResource(name)
          .addMethod("POST", new SqsIntegration({ arn: `arn:aws:sqs:eu-west-1:${account}:events` }));
      }
    });

    const policies = Object.values(resourcesOf(terraform, "aws_iam_role_policy")).map(({ policy }) => String(policy));
    expect(policies.map((policy) => /sqs:eu-west-1:(\d+):events/.exec(policy)?.[1]).sort()).toEqual([
      "111111111111",
      "222222222222",
    ]);
    const credentials = ["POST /a", "POST /b"].map((route) => integrationOf(terraform, route).credentials);
    expect(credentials).toEqual([
      "arn:aws:iam::111111111111:role/Api-events-queue-eu-west-1",
      "arn:aws:iam::111111111111:role/Api-events-222222222222-queue-eu-west-1",
    ]);
  });

  it("describes the role in characters that IAM allows", () => {
    const terraform = synthWithApi(
      (api) => api.root.addMethod("POST", new SqsIntegration({ arn: "arn:aws:sqs:eu-west-1:111111111111:events" })),
      { restApiName: "Orders – ${v1}" },
    );

    expect(onlyResource(terraform, "aws_iam_role")).toMatchObject({
      name: "Orders-v1--events-queue-eu-west-1",
      description: "Lets the API Orders-v1- call the queue events",
    });
  });

  it("may use the key that any of its routes names", () => {
    const arn = "arn:aws:sqs:eu-west-1:111111111111:events";
    const encryptionKey = { arn: "arn:aws:kms:eu-west-1:111111111111:key/k" };

    const terraform = synthWithApi((api) => {
      api.root.addResource("a").addMethod("POST", new SqsIntegration({ arn }));
      api.root.addResource("b").addMethod("POST", new SqsIntegration({ arn }, { encryptionKey }));
    });

    const { policy } = onlyResource(terraform, "aws_iam_role_policy");
    expect(JSON.parse(String(policy)).Statement).toEqual([
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [arn] },
      { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: [encryptionKey.arn] },
    ]);
  });

  it("sends to a queue where its own stack is", () => {
    const terraform = synthStack((app) => {
      const there = new HeadgateStack(app, "there", { region: "us-east-1", accountId: "222222222222" });
      const here = new HeadgateStack(app, "here", { region: "eu-west-1", accountId: "111111111111" });
      const queue = new SqsQueue(there, "Events", { name: "events" });
      new RestApi(here, "Api").root.addMethod("POST", new SqsIntegration(queue));
      return here;
    });

    const integration = integrationOf(terraform, "POST /");
    expect(integration.uri).toBe("arn:aws:apigateway:us-east-1:sqs:path/222222222222/events");
    expect(JSON.stringify(integration.requestTemplates)).toContain(
      "https://sqs.us-east-1.amazonaws.com/222222222222/events",
    );
  });

  it("names the group of a message on a FIFO queue", () => {
    const terraform = synthMethod(
      new SqsIntegration(
        { arn: "arn:aws:sqs:eu-west-1:111111111111:events.fifo" },
        { messageGroupId: "$input.params('id')", messageDeduplicationId: "$context.requestId" },
      ),
    );

    const { requestTemplates } = integrationOf(terraform, ROUTE);
    const template = member({ requestTemplates: requestTemplates ?? null }, "requestTemplates")["application/json"];
    expect(template).toContain(', "MessageGroupId": "$util.escapeJavaScript($input.params(\'id\'))');
    expect(template).toContain(', "MessageDeduplicationId": "$util.escapeJavaScript($context.requestId)');
  });

  it("fails when a message to a FIFO queue would have no group", () => {
    const build = () => synthMethod(new SqsIntegration({ arn: "arn:aws:sqs:eu-west-1:111111111111:events.fifo" }));

    expect(build).toThrow(
      /^QUEUE_GROUP_MISSING: .*"events.fifo".*\n {2}at test\/Api\/Default\/items\/{id}\/GET\n {2}fix: pass /,
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
