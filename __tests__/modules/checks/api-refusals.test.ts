import { Duration, PolicyDocument, PolicyStatement, ResponseType, Size } from "../../../modules";
import { api, expectRefusal, type Refusal, route, token } from "../support/refusals";

const REFUSALS: readonly Refusal[] = [
  { code: "API_NAME_INVALID", problem: "restApiName is empty", build: api({ restApiName: " " }) },
  { code: "API_NAME_INVALID", problem: "is a reference", build: api({ restApiName: token }) },
  {
    code: "COMPRESSION_SIZE_AMBIGUOUS",
    problem: "both minimumCompressionSize and minCompressionSize",
    build: api({ minimumCompressionSize: 1, minCompressionSize: Size.bytes(1) }),
  },
  {
    code: "COMPRESSION_SIZE_OUT_OF_RANGE",
    problem: "got 11534336",
    build: api({ minCompressionSize: Size.mebibytes(11) }),
  },
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
    code: "PRIVATE_API_WITHOUT_POLICY",
    problem: "no private API without a resource policy",
    build: api({ endpointTypes: ["PRIVATE"] }),
  },
  {
    code: "RESOURCE_POLICY_TOO_LONG",
    problem: "may have 8192 characters",
    build: api({
      policy: new PolicyDocument({ statements: [new PolicyStatement({ actions: ["a".repeat(8192)], resources: [] })] }),
    }),
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
    code: "PATH_VARIABLE_REPEATED",
    problem: '"{id+}" repeats a variable of "/{id}/items"',
    build: api({}, (it) => it.root.resourceForPath("{id}/items/{id+}")),
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
    code: "REQUEST_PARAMETER_NAME_SHARED",
    problem: 'has "q" in two places',
    build: route({ requestParameters: { "method.request.header.q": true, "method.request.querystring.q": false } }),
  },
  {
    code: "REQUEST_PARAMETER_NAME_SHARED",
    problem: 'has "id" in two places',
    build: route({ requestParameters: { "method.request.path.id": true, "method.request.querystring.id": false } }),
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
];

it.each(REFUSALS)("fails when API Gateway would refuse an API, a route or a method: $code, $problem", expectRefusal);
