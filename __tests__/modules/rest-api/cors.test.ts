import {
  Cors,
  type CorsOptions,
  Duration,
  HttpIntegration,
  LambdaIntegration,
  MockIntegration,
  ResponseType,
  type RestApi,
} from "../../../modules";
import { documentOf, type TerraformJson } from "../../../modules/testing";
import { integrationOf, member, operation, synthWithApi } from "../support/api";

const ONE: CorsOptions = { allowOrigins: ["https://a.example"] };
const TWO: CorsOptions = { allowOrigins: ["https://a.example", "https://b.example"] };
const CHOICE =
  '#set($origin = $input.params().header.get("Origin"))' +
  '#if("$!origin" == "")#set($origin = $input.params().header.get("origin"))#end' +
  '#if($origin == "https://b.example")#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end';

function synthCors(
  cors: CorsOptions,
  build: (api: RestApi) => void = (api) => api.root.addMethod("GET"),
): TerraformJson {
  return synthWithApi(build, { defaultCorsPreflightOptions: cors });
}

function preflightHeaders(terraform: TerraformJson, path = "/"): unknown {
  return member(integrationOf(terraform, `OPTIONS ${path}`), "responses", "default").responseParameters;
}

describe("preflight", () => {
  it("is a MOCK that needs neither key nor authorization", () => {
    const terraform = synthWithApi((api) => api.root.addMethod("GET"), {
      defaultCorsPreflightOptions: ONE,
      defaultMethodOptions: { apiKeyRequired: true, authorizationType: "AWS_IAM" },
    });

    expect(operation(terraform, "OPTIONS /")).toEqual({
      operationId: "optionsRoot",
      responses: { 204: expect.anything() },
      "x-amazon-apigateway-integration": {
        type: "mock",
        requestTemplates: { "application/json": '{"statusCode": 204}' },
        responses: {
          default: {
            statusCode: "204",
            responseParameters: {
              "method.response.header.Access-Control-Allow-Headers":
                "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent'",
              "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
              "method.response.header.Access-Control-Allow-Origin": "'https://a.example'",
              "method.response.header.Vary": "'Origin'",
            },
          },
        },
      },
    });
  });

  it("allows the methods that the resource has", () => {
    const terraform = synthCors(ONE, (api) => {
      const orders = api.root.addResource("orders");
      orders.addMethod("POST");
      orders.addMethod("GET");
      orders.addResource("all").addMethod("ANY");
    });

    expect(preflightHeaders(terraform, "/orders")).toMatchObject({
      "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS,POST'",
    });
    expect(preflightHeaders(terraform, "/orders/all")).toMatchObject({
      "method.response.header.Access-Control-Allow-Methods": "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'",
    });
  });

  it("allows the request headers that the methods declare", () => {
    const terraform = synthCors(ONE, (api) => {
      api.root.addMethod("POST", undefined, { requestParameters: { "method.request.header.Idempotency-Key": true } });
    });

    expect(preflightHeaders(terraform)).toMatchObject({
      "method.response.header.Access-Control-Allow-Headers": expect.stringMatching(/,Idempotency-Key'$/),
    });
  });

  it("chooses among several origins and answers the first to all others", () => {
    const terraform = synthCors(TWO);

    const response = member(integrationOf(terraform, "OPTIONS /"), "responses", "default");
    expect(response.responseTemplates).toEqual({ "application/json": CHOICE });
    expect(response.responseParameters).toMatchObject({
      "method.response.header.Access-Control-Allow-Origin": "'https://a.example'",
    });
  });

  it("writes what is said about headers, methods, age, status and credentials", () => {
    const terraform = synthCors({
      ...ONE,
      allowHeaders: ["X-A"],
      allowMethods: ["GET"],
      maxAge: Duration.minutes(10),
      statusCode: 200,
      allowCredentials: true,
    });

    expect(member(integrationOf(terraform, "OPTIONS /"), "responses", "default")).toMatchObject({
      statusCode: "200",
      responseParameters: {
        "method.response.header.Access-Control-Allow-Credentials": "'true'",
        "method.response.header.Access-Control-Allow-Headers": "'X-A'",
        "method.response.header.Access-Control-Allow-Methods": "'GET'",
        "method.response.header.Access-Control-Max-Age": "'600'",
      },
    });
  });

  it("needs no Vary when any origin may call", () => {
    const terraform = synthCors({ allowOrigins: Cors.ALL_ORIGINS });

    expect(preflightHeaders(terraform)).not.toHaveProperty(["method.response.header.Vary"]);
  });

  it("is made only where there are methods, and not where OPTIONS is declared", () => {
    const terraform = synthCors(ONE, (api) => {
      const own = new MockIntegration({ requestTemplates: { "application/json": '{"statusCode": 299}' } });
      api.root.resourceForPath("a/b").addMethod("OPTIONS", own);
    });

    expect(Object.keys(member(documentOf(terraform), "paths"))).toEqual(["/a/b"]);
    expect(integrationOf(terraform, "OPTIONS /a/b").requestTemplates).toEqual({
      "application/json": '{"statusCode": 299}',
    });
  });

  it("converts requests to text when the API has binary media types", () => {
    const terraform = synthWithApi((api) => api.root.addMethod("GET"), {
      defaultCorsPreflightOptions: ONE,
      binaryMediaTypes: ["*/*"],
    });

    expect(integrationOf(terraform, "OPTIONS /").contentHandling).toBe("CONVERT_TO_TEXT");
  });

  it("can be switched on for one resource", () => {
    const terraform = synthWithApi((api) => {
      api.root.addResource("closed").addMethod("GET");
      const open = api.root.addResource("open");
      open.addCorsPreflight(ONE);
      open.addMethod("GET");
    });

    const paths = member(documentOf(terraform), "paths");
    expect(Object.keys(member(paths, "/closed"))).toEqual(["get"]);
    expect(Object.keys(member(paths, "/open"))).toEqual(["get", "options"]);
  });
});

describe("answers", () => {
  it("of non-proxy integrations carry the headers", () => {
    const terraform = synthCors({ ...ONE, exposeHeaders: ["X-Total"] });

    expect(member(integrationOf(terraform, "GET /"), "responses", "default").responseParameters).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://a.example'",
      "method.response.header.Access-Control-Expose-Headers": "'X-Total'",
      "method.response.header.Vary": "'Origin'",
    });
    expect(Object.keys(member(operation(terraform, "GET /"), "responses", "200", "headers"))).toEqual([
      "Access-Control-Allow-Origin",
      "Access-Control-Expose-Headers",
      "Vary",
    ]);
  });

  it("choose among several origins before their own template", () => {
    const terraform = synthCors(TWO, (api) => {
      const integrationResponses = [{ statusCode: "200", responseTemplates: { "application/json": '{"a": 1}' } }];
      api.root.addMethod("GET", new MockIntegration({ integrationResponses }));
      api.root.addResource("http").addMethod("GET", new HttpIntegration("https://x.example/", { proxy: false }));
    });

    const templateOf = (route: string) =>
      member(integrationOf(terraform, route), "responses", "default").responseTemplates;
    expect(templateOf("GET /")).toEqual({ "application/json": `${CHOICE}{"a": 1}` });
    expect(templateOf("GET /http")).toEqual({ "application/json": `${CHOICE}$input.body` });
  });

  it("of proxy integrations are left to the backend", () => {
    const terraform = synthCors(TWO, (api) => {
      api.root.addMethod("GET", new LambdaIntegration({ arn: "arn:aws:lambda:eu-west-1:111111111111:function:f" }));
    });

    expect(integrationOf(terraform, "GET /")).not.toHaveProperty("responses");
  });
});

describe("errors of the gateway", () => {
  it.each([
    ["the only origin", ONE, "'https://a.example'"],
    ["the first of several", TWO, "'https://a.example'"],
    ["the one that is named", { ...TWO, gatewayErrorOrigin: "https://b.example" }, "'https://b.example'"],
    ["any origin when that is named", { ...TWO, gatewayErrorOrigin: "*" }, "'*'"],
  ])("carry %s, never that of the request", (_name, cors, origin) => {
    const responses = documentOf(synthCors(cors))["x-amazon-apigateway-gateway-responses"];

    for (const type of ["DEFAULT_4XX", "DEFAULT_5XX"]) {
      expect(responses).toHaveProperty(
        [type, "responseParameters", "gatewayresponse.header.Access-Control-Allow-Origin"],
        origin,
      );
    }
    expect(JSON.stringify(responses)).not.toMatch(/method\.request\.header/i);
  });

  it("carry the headers where they are customised, too", () => {
    const terraform = synthCors(ONE, (api) => {
      api.root.addMethod("GET");
      api.addGatewayResponse("Throttled", { type: ResponseType.THROTTLED, responseHeaders: { "Retry-After": "'1'" } });
    });

    expect(documentOf(terraform)["x-amazon-apigateway-gateway-responses"]).toMatchObject({
      THROTTLED: {
        responseParameters: {
          "gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.example'",
          "gatewayresponse.header.Retry-After": "'1'",
        },
      },
    });
  });
});
