import {
  Duration,
  HeadgateStack,
  LambdaIntegration,
  LogGroupLogDestination,
  MockIntegration,
  Model,
  NodejsFunction,
  RestApi,
  synthesize,
} from "../../modules";

const json = (template: string) => ({
  integrationResponses: [{ statusCode: "200", responseTemplates: { "application/json": template } }],
});

const TEMPLATE = `#set($body = $input.path('$'))
{"path": "$util.escapeJavaScript($input.params('name'))", "seen": "$util.escapeJavaScript($input.json('$..*'))",
#foreach($key in $body.keySet())"k$foreach.index": 1,#end "id": "$context.requestId"}`;

/** The API that the fuzzer and the soak call: a route for each thing that the gateway does to a request. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "reliability", { region: "eu-west-1", accountId: "111111111111" });
  const api = new RestApi(stack, "Api", {
    restApiName: "reliability",
    binaryMediaTypes: ["application/octet-stream"],
    minimumCompressionSize: 64,
    defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },
    deployOptions: {
      stageName: "v1",
      variables: { color: "blue" },
      accessLogDestination: new LogGroupLogDestination({ retention: 7 }),
    },
  });
  const echo = new NodejsFunction(stack, "echo", { bundle: "echo", functionName: "reliability-echo" });
  const misbehave = new NodejsFunction(stack, "misbehave", {
    bundle: "misbehave",
    functionName: "reliability-misbehave",
    memorySize: 256,
    timeout: Duration.seconds(8),
  });
  const person = new Model(stack, "Person", {
    restApi: api,
    schema: {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string", pattern: "^([a-z]+ ?)+$" }, age: { type: "integer" } },
    },
  });
  const mock = new MockIntegration(json('{"status": "ok"}'));
  api.route("GET /mock", mock);
  api.route("ANY /echo/{proxy+}", new LambdaIntegration(echo));
  api.route("GET /misbehave", new LambdaIntegration(misbehave));
  api.route("GET /cached/{name}", new LambdaIntegration(echo), {
    requestParameters: { "method.request.path.name": true },
    cache: { ttlSeconds: 60 },
  });
  api.route("GET /throttled", mock, { throttle: { rateLimit: 50, burstLimit: 10 } });
  api.route("GET /keyed", mock, { apiKeyRequired: true });
  api.route("POST /people/{name}", new MockIntegration(json(TEMPLATE)), { requestBody: person });
  api.route(
    "POST /mapped/{name}",
    new LambdaIntegration(echo, {
      proxy: false,
      requestTemplates: { "application/json": TEMPLATE },
      integrationResponses: [
        { statusCode: "200" },
        { statusCode: "400", selectionPattern: "[\\s\\S]*\\[400\\][\\s\\S]*" },
      ],
    }),
  );
});
