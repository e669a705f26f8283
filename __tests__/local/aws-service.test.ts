import type { IntegrationDefinition } from "../../definition/integration";
import type { BackendResponse } from "../../local/host/host";
import { NotEmulated } from "../../local/refusals/not-emulated";
import { custom, fakeHost, gatewayFor, integrationResponse, method, send } from "../support/gateway";

function call(
  overrides: Partial<IntegrationDefinition>,
  answer: Partial<BackendResponse> = {},
  request: Parameters<typeof send>[1] = {},
) {
  const host = fakeHost({ fetch: () => answer });
  const gateway = gatewayFor(
    { methods: [method({ resourcePath: "/{key+}", httpMethod: "ANY", integration: custom("AWS", overrides) })] },
    { host },
  );
  return send(gateway, request).then((response) => {
    const [sent] = host.requests;
    const headers = Object.fromEntries((sent?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]));
    return { response, sent, headers, body: sent?.body?.toString() };
  });
}

const service = (rest: string) => `arn:aws:apigateway:eu-central-1:${rest}`;

describe("an integration with an AWS service", () => {
  it("sends SQS's JSON protocol as mappings say", async () => {
    const { sent, headers, body, response } = await call(
      {
        uri: service("sqs:path/000000000000/orders-dev-events"),
        requestParameters: {
          "integration.request.header.Content-Type": "'application/x-amz-json-1.0'",
          "integration.request.header.X-Amz-Target": "'AmazonSQS.SendMessage'",
        },
        requestTemplates: { "application/json": '{"MessageBody": "$util.escapeJavaScript($input.body)"}' },
        responses: [
          integrationResponse({ responseTemplates: { "application/json": "{\"id\": $input.json('$.MessageId')}" } }),
        ],
      },
      { headers: [["Content-Type", "application/x-amz-json-1.0"]], body: Buffer.from('{"MessageId":"m-1"}') },
      { method: "POST", body: '{"a":1}' },
    );

    expect(sent).toMatchObject({
      method: "POST",
      url: "https://sqs.eu-central-1.amazonaws.com/000000000000/orders-dev-events",
      awsService: "sqs",
    });
    expect(headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessage",
    });
    expect(JSON.parse(body ?? "")).toEqual({ MessageBody: '{"a":1}' });
    expect(response).toMatchObject({
      status: 200,
      body: '{"id": "m-1"}',
      headers: { "content-type": "application/json" },
    });
    expect(response.headers["x-amzn-trace-id"]).toMatch(/^Root=/);
  });

  it("sends a form-encoded call as the template writes it", async () => {
    const { body, headers } = await call(
      {
        uri: service("sqs:path/000000000000/q"),
        requestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
        requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
      },
      {},
      { method: "POST", body: '{"foo": "bar"}' },
    );

    expect(body).toBe('Action=SendMessage&MessageBody={"foo": "bar"}');
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it.each([
    {
      uri: "dynamodb:action/PutItem",
      url: "https://dynamodb.eu-central-1.amazonaws.com/",
      target: "DynamoDB_20120810.PutItem",
      type: "application/x-amz-json-1.0",
    },
    {
      uri: "kinesis:action/PutRecord",
      url: "https://kinesis.eu-central-1.amazonaws.com/",
      target: "Kinesis_20131202.PutRecord",
      type: "application/x-amz-json-1.1",
    },
    {
      uri: "sns:action/Publish&Version=2010-03-31",
      url: "https://sns.eu-central-1.amazonaws.com/?Action=Publish&Version=2010-03-31",
      target: undefined,
      type: "application/json",
    },
    {
      uri: "ssm:action/GetParameter",
      url: "https://ssm.eu-central-1.amazonaws.com/?Action=GetParameter",
      target: undefined,
      type: "application/json",
    },
    {
      uri: "s3:path/bucket/a.txt",
      url: "https://s3.eu-central-1.amazonaws.com/bucket/a.txt",
      target: undefined,
      type: "application/json",
    },
    {
      uri: "bucket.s3:path/{key}",
      url: "https://bucket.s3.eu-central-1.amazonaws.com/a/b",
      target: undefined,
      type: "application/json",
    },
  ])("calls $uri at $url", async ({ uri, url, target, type }) => {
    const { sent, headers } = await call(
      { uri: service(uri), requestParameters: { "integration.request.path.key": "method.request.path.key" } },
      {},
      { target: "/v1/a/b" },
    );

    expect(sent?.url).toBe(url);
    expect(headers["x-amz-target"]).toBe(target);
    expect(headers["content-type"]).toBe(type);
  });

  it("lets a template set target and type of the call", async () => {
    const template =
      '#set($context.requestOverride.header.X-Amz-Target = "AWSEvents.PutEvents")\n#set($context.requestOverride.header.Content-Type = "application/x-amz-json-1.1")\n{"Entries": []}';

    const { headers, body } = await call({
      uri: service("events:action/PutEvents"),
      requestTemplates: { "application/json": template },
    });

    expect(headers).toMatchObject({
      "x-amz-target": "AWSEvents.PutEvents",
      "content-type": "application/x-amz-json-1.1",
    });
    expect(body).toBe('{"Entries": []}');
  });

  it("uses the client's verb when the integration says ANY", async () => {
    const { sent } = await call({ uri: service("s3:path/b/k"), httpMethod: "ANY" }, {}, { method: "DELETE" });

    expect(sent?.method).toBe("DELETE");
  });

  it("selects responses by the service's status", async () => {
    const responses = [
      integrationResponse(),
      integrationResponse({
        statusCode: "400",
        selectionPattern: "400",
        responseTemplates: { "application/json": "failure" },
      }),
    ];

    const failed = await call({ uri: service("sqs:path/0/q"), responses }, { status: 400, body: Buffer.from("{}") });
    const other = await call(
      { uri: service("sqs:path/0/q"), responses },
      { status: 404, body: Buffer.from("as it is") },
    );

    expect(failed.response).toMatchObject({ status: 400, body: "failure" });
    expect(other.response).toMatchObject({ status: 200, body: "as it is" });
  });

  it("answers 501 when the host has nothing that stands for the service", async () => {
    const host = fakeHost({
      fetch: () => {
        throw new NotEmulated("integration.uri", 'no local endpoint stands for the service "states"');
      },
    });
    const gateway = gatewayFor(
      { methods: [method({ integration: custom("AWS", { uri: service("states:action/StartExecution") }) })] },
      { host },
    );

    const response = await send(gateway);

    expect(response).toMatchObject({ status: 501, headers: { "x-headgate-not-emulated": "integration.uri" } });
    expect(JSON.parse(response.body).message).toBe(
      'Headgate cannot answer GET /v1/things as AWS would. integration.uri: no local endpoint stands for the service "states"',
    );
  });
});
