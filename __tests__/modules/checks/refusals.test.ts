import { Token } from "cdktf";
import {
  AccessLogFormat,
  AwsIntegration,
  type CorsOptions,
  Duration,
  HttpIntegration,
  type Integration,
  LogGroupLogDestination,
  type MethodOptions,
  MockIntegration,
  NodejsFunction,
  type NodejsFunctionProps,
  PolicyDocument,
  PolicyStatement,
  ResponseType,
  RestApi,
  type RestApiProps,
  SqsIntegration,
  type StageOptions,
} from "../../../modules";
import { synthApi } from "../../../modules/testing";

interface Refusal {
  readonly code: string;
  /** Part of the message: the condition with the value received. */
  readonly problem: string;
  readonly build: () => unknown;
}

const api = (props: RestApiProps, extend: (api: RestApi) => unknown = (it) => it.root.addMethod("GET")) => {
  return () => synthApi((stack) => extend(new RestApi(stack, "Api", props)));
};
const route = (options: MethodOptions, verb = "GET") =>
  api({}, (it) => it.root.resourceForPath("a/{id}").addMethod(verb, undefined, options));
const backend = (integration: Integration) => api({}, (it) => it.root.addMethod("GET", integration));
const stage = (deployOptions: StageOptions) => api({ deployOptions });
const cors = (options: CorsOptions) => api({ defaultCorsPreflightOptions: options });
const lambda = (props: Partial<NodejsFunctionProps>) => () =>
  synthApi((stack) => new NodejsFunction(stack, "Fn", { bundle: "b", ...props }));
const token = Token.asString({ resolve: () => "later" });

const REFUSALS: readonly Refusal[] = [
  { code: "API_NAME_INVALID", problem: "restApiName is empty", build: api({ restApiName: " " }) },
  { code: "API_NAME_INVALID", problem: "is a reference", build: api({ restApiName: token }) },
  { code: "COMPRESSION_SIZE_OUT_OF_RANGE", problem: "got -1", build: api({ minimumCompressionSize: -1 }) },
  {
    code: "COMPRESSION_SIZE_OUT_OF_RANGE",
    problem: "got 10485761",
    build: api({ minimumCompressionSize: 10_485_761 }),
  },
  {
    code: "DEPLOY_OPTIONS_WITHOUT_DEPLOY",
    problem: "deploy is false",
    build: api({ deploy: false, deployOptions: {} }),
  },
  {
    code: "RESOURCE_POLICY_TOO_LONG",
    problem: "may have 8192 characters",
    build: api({ policy: new PolicyDocument({ statements: [new PolicyStatement({ actions: ["a".repeat(8192)] })] }) }),
  },

  { code: "HTTP_METHOD_UNKNOWN", problem: 'no method "FETCH"', build: api({}, (it) => it.root.addMethod("FETCH")) },
  { code: "PATH_PART_INVALID", problem: 'got "a/b"', build: api({}, (it) => it.root.addResource("a/b")) },
  { code: "PATH_PART_INVALID", problem: 'got "a{b}"', build: api({}, (it) => it.root.addResource("a{b}")) },
  { code: "PATH_PART_INVALID", problem: 'got ""', build: api({}, (it) => it.root.addResource("")) },
  {
    code: "GREEDY_PATH_NOT_LAST",
    problem: '"a" cannot follow',
    build: api({}, (it) => it.root.addProxy().addResource("a")),
  },
  {
    code: "DUPLICATE_RESOURCE",
    problem: '"a" exists already below "/"',
    build: api({}, (it) => [it.root.addResource("a"), it.root.addResource("a")]),
  },
  {
    code: "PATH_VARIABLE_AMBIGUOUS",
    problem: '"{b}" and "{a+}"',
    build: api({}, (it) => [it.root.addResource("{a+}"), it.root.addResource("{b}")]),
  },
  {
    code: "DUPLICATE_ROUTE",
    problem: '"GET /" is declared twice',
    build: api({}, (it) => [it.root.addMethod("GET"), it.root.addMethod("get")]),
  },

  {
    code: "CACHE_TTL_OUT_OF_RANGE",
    problem: 'cache.ttlSeconds of "GET /a/{id}" must be a whole number from 0 to 3600, got 7200',
    build: route({ cache: { ttlSeconds: 7200 } }),
  },
  { code: "CACHE_TTL_OUT_OF_RANGE", problem: "got 3601", build: route({ cache: { ttl: Duration.seconds(3601) } }) },
  { code: "CACHE_TTL_OUT_OF_RANGE", problem: "got 0.5", build: route({ cache: { ttlSeconds: 0.5 } }) },
  {
    code: "CACHE_TTL_AMBIGUOUS",
    problem: "both ttl and ttlSeconds",
    build: route({ cache: { ttlSeconds: 1, ttl: Duration.seconds(1) } }),
  },
  { code: "CACHE_NOT_GET", problem: '"POST /a/{id}" cannot be cached', build: route({ cache: {} }, "POST") },
  { code: "CACHE_NOT_GET", problem: '"ANY /a/{id}"', build: route({ cache: {} }, "ANY") },
  { code: "CACHE_KEY_INVALID", problem: '"limit"', build: route({ cache: { keys: ["limit"] } }) },
  {
    code: "CACHE_KEY_INVALID",
    problem: '"method.request.path.other"',
    build: route({ cache: { keys: ["method.request.path.other"] } }),
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: "do not tell callers apart",
    build: route({ authorizationType: "AWS_IAM", cache: {} }),
  },
  {
    code: "REQUEST_PARAMETER_INVALID",
    problem: '"querystring.q"',
    build: route({ requestParameters: { "querystring.q": true } }),
  },
  {
    code: "REQUEST_PARAMETER_INVALID",
    problem: '"method.request.path.x"',
    build: route({ requestParameters: { "method.request.path.x": true } }),
  },
  {
    code: "REQUEST_VALIDATOR_AMBIGUOUS",
    problem: "both requestValidator and requestValidatorOptions",
    build: route({
      requestValidator: { requestValidatorName: "v", validateRequestBody: true, validateRequestParameters: true },
      requestValidatorOptions: {},
    }),
  },
  {
    code: "THROTTLE_RATE_OUT_OF_RANGE",
    problem: 'the rateLimit of "GET /a/{id}" must be 0 or more requests a second, got -5',
    build: route({ throttle: { rateLimit: -5, burstLimit: 1 } }),
  },
  {
    code: "THROTTLE_RATE_OUT_OF_RANGE",
    problem: "got NaN",
    build: route({ throttle: { rateLimit: Number.NaN, burstLimit: 1 } }),
  },
  {
    code: "THROTTLE_BURST_OUT_OF_RANGE",
    problem: "got 0.5",
    build: route({ throttle: { rateLimit: 1, burstLimit: 0.5 } }),
  },
  {
    code: "DUPLICATE_OPERATION_NAME",
    problem: '"Same" is already the name of "GET /"',
    build: api({}, (it) => [
      it.root.addMethod("GET", undefined, { operationName: "Same" }),
      it.root.addMethod("POST", undefined, { operationName: "Same" }),
    ]),
  },

  {
    code: "DUPLICATE_MODEL",
    problem: 'named "A"',
    build: api({}, (it) => [it.addModel("A", { schema: {} }), it.addModel("-A", { schema: { type: "object" } })]),
  },
  {
    code: "MODEL_NAME_INVALID",
    problem: 'got "a-b"',
    build: api({}, (it) => it.addModel("A", { modelName: "a-b", schema: {} })),
  },
  {
    code: "DUPLICATE_REQUEST_VALIDATOR",
    problem: 'named "body"',
    build: api({}, (it) => [
      it.addRequestValidator("A", { requestValidatorName: "body", validateRequestBody: true }),
      it.addRequestValidator("B", { requestValidatorName: "body" }),
    ]),
  },
  {
    code: "DUPLICATE_GATEWAY_RESPONSE",
    problem: "THROTTLED is customised twice",
    build: api({}, (it) => [
      it.addGatewayResponse("A", { type: ResponseType.THROTTLED }),
      it.addGatewayResponse("B", { type: ResponseType.THROTTLED }),
    ]),
  },

  { code: "HTTP_URL_INVALID", problem: 'got "x.example/y"', build: backend(new HttpIntegration("x.example/y")) },
  {
    code: "INTEGRATION_TIMEOUT_OUT_OF_RANGE",
    problem: "got 30000 ms",
    build: backend(new HttpIntegration("https://x", { options: { timeout: Duration.seconds(30) } })),
  },
  {
    code: "INTEGRATION_TIMEOUT_OUT_OF_RANGE",
    problem: "got 49 ms",
    build: backend(new HttpIntegration("https://x", { options: { timeout: Duration.millis(49) } })),
  },
  {
    code: "MAPPING_TEMPLATE_TOO_LARGE",
    problem: "got 307201 bytes",
    build: backend(new MockIntegration({ requestTemplates: { "application/json": "x".repeat(307_201) } })),
  },
  { code: "AWS_INTEGRATION_TARGET", problem: "got neither", build: backend(new AwsIntegration({ service: "sqs" })) },
  {
    code: "AWS_INTEGRATION_TARGET",
    problem: "got both",
    build: backend(new AwsIntegration({ service: "sqs", action: "a", path: "p" })),
  },
  {
    code: "QUEUE_NAME_UNKNOWN",
    problem: "no name or ARN that is known at synth",
    build: backend(new SqsIntegration({ arn: token })),
  },
  {
    code: "QUEUE_KEY_UNKNOWN",
    problem: '"alias/mine"',
    build: backend(new SqsIntegration({ fqn: "x", arn: token, nameInput: "q", kmsMasterKeyIdInput: "alias/mine" })),
  },

  { code: "STAGE_NAME_INVALID", problem: 'got "v 1"', build: stage({ stageName: "v 1" }) },
  { code: "STAGE_NAME_INVALID", problem: 'got ""', build: stage({ stageName: "" }) },
  {
    code: "STAGE_VARIABLE_NAME_INVALID",
    problem: 'got "rates-host"',
    build: stage({ variables: { "rates-host": "a" } }),
  },
  { code: "STAGE_VARIABLE_VALUE_INVALID", problem: 'got "a b"', build: stage({ variables: { a: "a b" } }) },
  { code: "STAGE_VARIABLE_VALUE_INVALID", problem: 'got ""', build: stage({ variables: { a: "" } }) },
  {
    code: "STAGE_VARIABLES_TOO_MANY",
    problem: "got 101",
    build: stage({ variables: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`v${index}`, "x"])) }),
  },
  {
    code: "CACHE_CLUSTER_CONTRADICTION",
    problem: 'cacheClusterSize is "0.5"',
    build: stage({ cacheClusterEnabled: false, cacheClusterSize: "0.5" }),
  },
  { code: "STAGE_CACHE_TTL_OUT_OF_RANGE", problem: "got 3601", build: stage({ cacheTtl: Duration.seconds(3601) }) },
  { code: "THROTTLE_RATE_OUT_OF_RANGE", problem: 'of stage "prod"', build: stage({ throttlingRateLimit: -2 }) },
  {
    code: "THROTTLE_BURST_OUT_OF_RANGE",
    problem: '"/GET" on stage "prod"',
    build: stage({ methodOptions: { "/GET": { throttlingBurstLimit: 0.1 } } }),
  },
  {
    code: "ACCESS_LOG_DESTINATION_AMBIGUOUS",
    problem: "both",
    build: stage({ accessLogRetention: 7, accessLogDestination: new LogGroupLogDestination() }),
  },
  {
    code: "ACCESS_LOG_FORMAT_WITHOUT_DESTINATION",
    problem: "no effect",
    build: stage({ accessLogFormat: AccessLogFormat.jsonWithStandardFields() }),
  },
  {
    code: "ACCESS_LOG_FORMAT_INVALID",
    problem: "must hold $context.requestId",
    build: stage({ accessLogRetention: 7, accessLogFormat: AccessLogFormat.custom("$context.status") }),
  },
  {
    code: "ACCESS_LOG_FORMAT_INVALID",
    problem: "one line",
    build: stage({ accessLogRetention: 7, accessLogFormat: AccessLogFormat.custom("$context.requestId\n") }),
  },
  {
    code: "ACCESS_LOG_FORMAT_INVALID",
    problem: "3 KB",
    build: stage({
      accessLogRetention: 7,
      accessLogFormat: AccessLogFormat.custom(`$context.requestId${"x".repeat(3072)}`),
    }),
  },

  { code: "CORS_ORIGINS_EMPTY", problem: "allowOrigins is empty", build: cors({ allowOrigins: [] }) },
  {
    code: "CORS_ORIGIN_INVALID",
    problem: 'got "https://a.example/"',
    build: cors({ allowOrigins: ["https://a.example/"] }),
  },
  {
    code: "CORS_ORIGIN_INVALID",
    problem: 'got "a.example"',
    build: cors({ allowOrigins: ["https://a.example"], gatewayErrorOrigin: "a.example" }),
  },
  { code: "CORS_ORIGIN_INVALID", problem: "got", build: cors({ allowOrigins: ['https://a.example"||1'] }) },
  {
    code: "CORS_ORIGINS_MIXED",
    problem: "*, https://a.example",
    build: cors({ allowOrigins: ["*", "https://a.example"] }),
  },
  {
    code: "CORS_CREDENTIALS_WITH_ANY_ORIGIN",
    problem: "exclude each other",
    build: cors({ allowOrigins: ["*"], allowCredentials: true }),
  },
  {
    code: "CORS_CREDENTIALS_WITH_ANY_ORIGIN",
    problem: "exclude each other",
    build: cors({ allowOrigins: ["https://a.example"], allowCredentials: true, gatewayErrorOrigin: "*" }),
  },
  {
    code: "CORS_ORIGINS_NEED_TEMPLATE",
    problem: "2 allowOrigins need a response template",
    build: api(
      {
        binaryMediaTypes: ["image/png"],
        defaultCorsPreflightOptions: { allowOrigins: ["https://a.example", "https://b.example"] },
      },
      (it) => it.root.addMethod("GET", new HttpIntegration("https://x.example/", { proxy: false })),
    ),
  },

  {
    code: "FUNCTION_NAME_INVALID",
    problem: `"${"f".repeat(65)}" (65)`,
    build: lambda({ functionName: "f".repeat(65) }),
  },
  { code: "FUNCTION_NAME_INVALID", problem: 'got "a b"', build: lambda({ functionName: "a b" }) },
  { code: "FUNCTION_NAME_REFERENCE", problem: "is a reference", build: lambda({ functionName: token }) },
  { code: "FUNCTION_MEMORY_OUT_OF_RANGE", problem: "got 127", build: lambda({ memorySize: 127 }) },
  { code: "FUNCTION_TIMEOUT_OUT_OF_RANGE", problem: "got 901 s", build: lambda({ timeout: Duration.seconds(901) }) },
  { code: "FUNCTION_TIMEOUT_OUT_OF_RANGE", problem: "got 1.5 s", build: lambda({ timeout: Duration.millis(1500) }) },
  { code: "FUNCTION_CONCURRENCY_NEGATIVE", problem: "got -1", build: lambda({ reservedConcurrentExecutions: -1 }) },
];

describe("constructs", () => {
  it.each(REFUSALS)(
    "fails when AWS would refuse it or it contradicts itself: $code, $problem",
    ({ code, problem, build }) => {
      expect(build).toThrow(expect.objectContaining({ message: expect.stringContaining(`${code}: `) }));
      expect(build).toThrow(problem);
      expect(build).toThrow(/\n {2}at .+\n {2}fix: .+/);
    },
  );

  it.each<[string, () => unknown]>([
    ["limits of 0, which block a route", route({ throttle: { rateLimit: 0, burstLimit: 0 } })],
    ["limits of -1, which are the account's", stage({ throttlingRateLimit: -1, throttlingBurstLimit: -1 })],
    ["the longest cache", route({ cache: { ttlSeconds: 3600 } })],
    ["the longest timeout", backend(new HttpIntegration("https://x", { options: { timeout: Duration.seconds(29) } }))],
    ["references in stage variables", stage({ variables: { host: token } })],
    ["origins with a port", cors({ allowOrigins: ["http://localhost:5173"] })],
    ["no reserved concurrency at all", lambda({ reservedConcurrentExecutions: 0 })],
  ])("accept %s", (_name, build) => {
    expect(build).not.toThrow();
  });
});
