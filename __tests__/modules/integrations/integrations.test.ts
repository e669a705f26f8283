import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  AwsIntegration,
  Duration,
  type HeadgateStack,
  HttpIntegration,
  Integration,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  RestApi,
  SqsIntegration,
} from "../../../modules";
import { onlyResource, resourcesOf, synthApi, type TerraformJson } from "../../../modules/testing";
import { integrationOf, synthMethod, synthWithApi } from "../support/api";

const ROUTE = "GET /items/{id}";

function synthIn(build: (stack: HeadgateStack) => Integration): TerraformJson {
  return synthApi((stack) => {
    new RestApi(stack, "Api").root.resourceForPath("items/{id}").addMethod("GET", build(stack));
  });
}

describe("Integration", () => {
  it("leaves out what AWS does by default", () => {
    const terraform = synthMethod(
      new Integration({
        type: "HTTP_PROXY",
        integrationHttpMethod: "GET",
        uri: "https://x.example/",
        options: { timeout: Duration.seconds(29), passthroughBehavior: "WHEN_NO_MATCH" },
      }),
    );

    expect(integrationOf(terraform, ROUTE)).toEqual({
      type: "http_proxy",
      httpMethod: "GET",
      uri: "https://x.example/",
    });
  });

  it("writes all its options", () => {
    const terraform = synthMethod(
      new Integration({
        type: "HTTP",
        integrationHttpMethod: "POST",
        uri: "https://x.example/",
        options: {
          cacheKeyParameters: ["method.request.querystring.q"],
          cacheNamespace: "shared",
          contentHandling: "CONVERT_TO_TEXT",
          credentialsRole: { roleArn: "arn:aws:iam::111111111111:role/r" },
          passthroughBehavior: "NEVER",
          requestParameters: { "integration.request.header.A": "'a'" },
          requestTemplates: { "application/json": "$input.body" },
          timeout: Duration.millis(50),
          insecureSkipVerification: true,
          integrationResponses: [
            { statusCode: "200" },
            {
              statusCode: "500",
              selectionPattern: "5\\d{2}",
              responseTemplates: { "application/json": "{}" },
              contentHandling: "CONVERT_TO_TEXT",
            },
          ],
        },
      }),
    );

    expect(integrationOf(terraform, ROUTE)).toEqual({
      type: "http",
      httpMethod: "POST",
      uri: "https://x.example/",
      cacheKeyParameters: ["method.request.querystring.q"],
      cacheNamespace: "shared",
      contentHandling: "CONVERT_TO_TEXT",
      credentials: "arn:aws:iam::111111111111:role/r",
      passthroughBehavior: "never",
      requestParameters: { "integration.request.header.A": "'a'" },
      requestTemplates: { "application/json": "$input.body" },
      timeoutInMillis: 50,
      tlsConfig: { insecureSkipVerification: true },
      responses: {
        default: { statusCode: "200" },
        "5\\d{2}": {
          statusCode: "500",
          responseTemplates: { "application/json": "{}" },
          contentHandling: "CONVERT_TO_TEXT",
        },
      },
    });
  });

  it("serves many methods", () => {
    const shared = new MockIntegration();

    const terraform = synthWithApi((api) => {
      for (const name of ["a", "b"]) api.root.addResource(name).addMethod("GET", shared);
    });

    expect(integrationOf(terraform, "GET /a")).toEqual(integrationOf(terraform, "GET /b"));
  });
});

describe("LambdaIntegration", () => {
  it("calls the alias of a function by a literal ARN", () => {
    const terraform = synthIn(
      (stack) => new LambdaIntegration(new NodejsFunction(stack, "Fn", { bundle: "get-item" })),
    );

    expect(integrationOf(terraform, ROUTE)).toEqual({
      type: "aws_proxy",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111111111111:function:test-get-item:live/invocations",
    });
  });

  it("permits the API once per function, for all routes and stages", () => {
    const terraform = synthWithApi((api, stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "get-item" });
      for (const name of ["a", "b"]) api.root.addResource(name).addMethod("GET", new LambdaIntegration(handler));
    });

    const [api] = Object.keys(resourcesOf(terraform, "aws_api_gateway_rest_api"));
    expect(onlyResource(terraform, "aws_lambda_permission")).toMatchObject({
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.name\}$/),
      function_name: expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.function_name\}$/),
      source_arn: `\${aws_api_gateway_rest_api.${api}.execution_arn}/*/*`,
      statement_id: expect.stringMatching(
        new RegExp(`^AllowApi-[0-9a-f]{8}-\\$\\{aws_api_gateway_rest_api\\.${api}\\.id\\}$`),
      ),
    });
  });

  it("gives each API a statement of its own", () => {
    const terraform = synthApi((stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "get-item" });
      for (const id of ["One", "Two"]) new RestApi(stack, id).root.addMethod("GET", new LambdaIntegration(handler));
    });

    const ids = Object.values(resourcesOf(terraform, "aws_lambda_permission")).map((it) => it.statement_id);
    expect(new Set(ids).size).toBe(2);
  });

  it("takes a plain cdktf function with a literal name", () => {
    const terraform = synthIn(
      (stack) =>
        new LambdaIntegration(
          new LambdaFunction(stack, "Fn", {
            functionName: "mine",
            role: "r",
            lifecycle: { createBeforeDestroy: true },
          }),
        ),
    );

    expect(integrationOf(terraform, ROUTE).uri).toContain(
      "arn:aws:lambda:eu-west-1:111111111111:function:mine/invocations",
    );
    expect(onlyResource(terraform, "aws_lambda_permission")).toMatchObject({
      function_name: "${aws_lambda_function.Fn.function_name}",
    });
  });

  it("takes the ARN of a function that exists, and leaves its permissions alone on request", () => {
    const terraform = synthMethod(
      new LambdaIntegration(
        { arn: "arn:aws:lambda:eu-west-1:999999999999:function:theirs:live" },
        { allowPermission: false },
      ),
    );

    expect(integrationOf(terraform, ROUTE).uri).toContain("function:theirs:live/invocations");
    expect(resourcesOf(terraform, "aws_lambda_permission")).toEqual({});
  });

  it("fails when the name of the function is known only after apply", () => {
    const build = () =>
      synthIn((stack) => {
        const other = new LambdaFunction(stack, "Other", { functionName: "other", role: "r" });
        return new LambdaIntegration({ arn: other.arn });
      });

    expect(build).toThrow(/^FUNCTION_ARN_UNKNOWN: .*\n {2}at test\/Api\/Default\/items\/{id}\/GET\n/);
  });
});

describe("HttpIntegration", () => {
  it("passes request and answer on", () => {
    const terraform = synthMethod(new HttpIntegration("https://${stageVariables.host}/latest", { httpMethod: "POST" }));

    expect(integrationOf(terraform, ROUTE)).toEqual({
      type: "http_proxy",
      httpMethod: "POST",
      uri: "https://${stageVariables.host}/latest",
    });
  });

  it("maps both when it is no proxy", () => {
    const terraform = synthMethod(new HttpIntegration("https://x.example/", { proxy: false }));

    expect(integrationOf(terraform, ROUTE)).toMatchObject({
      type: "http",
      responses: { default: { statusCode: "200" } },
    });
  });

  it("fills variables of the URL from those of the route", () => {
    const terraform = synthMethod(new HttpIntegration("https://x.example/{id}/{other}"));

    expect(integrationOf(terraform, ROUTE).requestParameters).toEqual({
      "integration.request.path.id": "method.request.path.id",
    });
  });
});

describe("AwsIntegration", () => {
  it.each([
    ["an action", { service: "dynamodb", action: "PutItem" }, "arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem"],
    [
      "an action with parameters",
      { service: "sns", action: "Publish", actionParameters: { TopicArn: "t", Message: "m" } },
      "arn:aws:apigateway:eu-west-1:sns:action/Publish&TopicArn=t&Message=m",
    ],
    [
      "a path in another region",
      { service: "s3", path: "bucket/key", region: "us-east-1" },
      "arn:aws:apigateway:us-east-1:s3:path/bucket/key",
    ],
    ["a subdomain", { service: "s3", subdomain: "b", path: "k" }, "arn:aws:apigateway:eu-west-1:b.s3:path/k"],
  ])("calls a service by %s", (_name, props, uri) => {
    const terraform = synthMethod(new AwsIntegration(props));

    expect(integrationOf(terraform, ROUTE)).toMatchObject({ type: "aws", httpMethod: "POST", uri });
  });
});

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
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["${aws_sqs_queue.Events.arn}"] },
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
