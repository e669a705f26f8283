import { AwsIntegration, Duration, HttpIntegration, Integration, MockIntegration } from "../../../modules";
import { integrationOf, synthMethod, synthWithApi } from "../support/api";

const ROUTE = "GET /items/{id}";

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
    const terraform = synthMethod(new HttpIntegration("https://x.example/{id}/all"));

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

  it("encodes the parameters of an action, but for stage variables", () => {
    const actionParameters = { Subject: "a&b c", TopicArn: "${stageVariables.topic}" };
    const terraform = synthWithApi(
      (api) => api.root.addMethod("GET", new AwsIntegration({ service: "sns", action: "Publish", actionParameters })),
      { deployOptions: { variables: { topic: "t" } } },
    );

    expect(integrationOf(terraform, "GET /").uri).toBe(
      "arn:aws:apigateway:eu-west-1:sns:action/Publish&Subject=a%26b%20c&TopicArn=${stageVariables.topic}",
    );
  });
});
