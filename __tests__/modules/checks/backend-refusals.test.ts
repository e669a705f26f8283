import {
  AccessLogFormat,
  AwsIntegration,
  Duration,
  HttpIntegration,
  LogGroupLogDestination,
  MockIntegration,
} from "../../../modules";
import { api, backend, cors, expectRefusal, lambda, type Refusal, route, stage, token } from "../support/refusals";

const PATH_ID = { requestParameters: { "integration.request.path.id": "method.request.path.id" } };

const REFUSALS: readonly Refusal[] = [
  { code: "HTTP_URL_INVALID", problem: 'got "x.example/y"', build: backend(new HttpIntegration("x.example/y")) },
  {
    code: "HTTP_URL_VARIABLE_UNKNOWN",
    problem: '{sku} in "https://x/{sku}" is replaced by nothing: the route and requestParameters offer {id}',
    build: api({}, (it) => it.route("GET /a/{id}", new HttpIntegration("https://x/{sku}", { options: PATH_ID }))),
  },
  {
    code: "INTEGRATION_TIMEOUT_OUT_OF_RANGE",
    problem: "got 301000 ms",
    build: backend(new HttpIntegration("https://x", { options: { timeout: Duration.seconds(301) } })),
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
  {
    code: "PROXY_WITH_MAPPING",
    problem: "type HTTP_PROXY passes bodies and answers on",
    build: backend(new HttpIntegration("https://x", { options: { integrationResponses: [{ statusCode: "200" }] } })),
  },
  {
    code: "PROXY_WITH_MAPPING",
    problem: "type HTTP_PROXY",
    build: backend(new HttpIntegration("https://x", { options: { requestTemplates: { "text/plain": "x" } } })),
  },
  { code: "AWS_INTEGRATION_TARGET", problem: "got neither", build: backend(new AwsIntegration({ service: "sqs" })) },
  {
    code: "AWS_INTEGRATION_TARGET",
    problem: "got both",
    build: backend(new AwsIntegration({ service: "sqs", action: "a", path: "p" })),
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
  { code: "STAGE_CACHE_TTL_OUT_OF_RANGE", problem: "got 0.5", build: stage({ cacheTtl: Duration.millis(500) }) },
  {
    code: "STAGE_CACHE_TTL_OUT_OF_RANGE",
    problem: 'cacheTtl of "//GET" on stage "prod"',
    build: stage({ methodOptions: { "//GET": { cacheTtl: Duration.hours(2) } } }),
  },
  {
    code: "STAGE_ROUTE_NOT_CACHED",
    problem: 'sets the cache of "GET /", which is not cached',
    build: stage({ methodOptions: { "//GET": { cacheTtl: Duration.minutes(2) } } }),
  },
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

it.each(REFUSALS)("fails when AWS would refuse a backend, a stage or a function: $code, $problem", expectRefusal);

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
