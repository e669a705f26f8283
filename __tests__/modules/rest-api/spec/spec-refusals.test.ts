import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  ApiDefinition,
  HttpIntegration,
  MockIntegration,
  Model,
  PolicyDocument,
  TokenAuthorizer,
} from "../../../../modules";
import { expectRefusal, findingsOf, type Refusal } from "../../support/refusals";
import { PETS, small, synthDocument, synthPets, withPets } from "./spec-api";

const PLACE = relative(process.cwd(), PETS);
const folder = mkdtempSync(join(tmpdir(), "spec-"));

afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string, name = "api.yaml") {
  return () => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return ApiDefinition.fromAsset(file).load();
  };
}

const inline = (definition: object) => () => synthDocument(definition);
const props =
  (given: Parameters<typeof synthDocument>[2], members: object = {}) =>
  () =>
    synthDocument(small(members), undefined, given);
const pets = (build: NonNullable<Parameters<typeof synthPets>[0]>) => () => synthPets(withPets(build));

const { paths: PATHS } = small() as { paths: { "/a": object } };
const FUNCTION = "arn:aws:lambda:eu-west-1:111111111111:function:authorize";
const authorizer = { type: "token", authorizerUri: "arn:aws:apigateway:…" };
const guarded = {
  components: {
    securitySchemes: {
      staff: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authorizer": authorizer },
    },
  },
};

/** A document with so many documentation parts. */
const documented = (count: number) => {
  const documentationParts = Array.from({ length: count }, (_, index) => {
    return { location: { type: "METHOD", path: `/a${index}`, method: "GET" }, properties: { description: "An a" } };
  });
  return { "x-amazon-apigateway-documentation": { version: "1", documentationParts } };
};

it("takes as many documentation parts as an API may have, and any number that is not imported", () => {
  expect(props({}, documented(2000))).not.toThrow();
  expect(props({ parameters: { ignore: "documentation" } }, documented(2001))).not.toThrow();
});

const REFUSALS: readonly Refusal[] = [
  {
    code: "DOCUMENTATION_PARTS_TOO_MANY",
    problem: "may have 2000 documentation parts",
    build: props({}, documented(2001)),
  },
  { code: "API_DEFINITION_MISSING", problem: "no such file", build: () => ApiDefinition.fromAsset("no.yaml").load() },
  { code: "API_DEFINITION_MISSING", problem: "EISDIR", build: () => ApiDefinition.fromAsset(folder).load() },
  { code: "API_DEFINITION_INVALID", problem: "at line 1, column 4", build: load("a: 1\n  b: 2\n") },
  { code: "API_DEFINITION_INVALID", problem: "Unresolved tag: !Sub", build: load("a: !Sub x") },
  { code: "API_DEFINITION_INVALID", problem: "Map keys must be unique", build: load("a: 1\na: 2") },
  { code: "API_DEFINITION_INVALID", problem: "line 1, column 7", build: load('{"a": }', "api.json") },
  { code: "API_DEFINITION_INVALID", problem: "got a list", build: load("[]") },
  { code: "API_DEFINITION_INVALID", problem: "got null", build: load("") },
  {
    code: "API_DEFINITION_INVALID",
    problem: "$.a[0] of the document is the number Infinity",
    build: load("a: [.inf]"),
  },
  { code: "API_DEFINITION_INVALID", problem: "got {}", build: inline({}) },
  { code: "API_DEFINITION_INVALID", problem: "$.info of the document is a Date", build: inline({ info: new Date(0) }) },
  { code: "API_DEFINITION_INVALID", problem: "$.x of the document is the function", build: inline({ x: () => 1 }) },
  {
    code: "API_DEFINITION_INVALID",
    problem: "a function of CloudFormation",
    build: inline(small({ "x-uri": { "Fn::Sub": "arn" } })),
  },
  {
    code: "API_DEFINITION_SOURCE_UNSUPPORTED",
    problem: "known only when it is imported",
    build: () => ApiDefinition.fromBucket("bucket", "api.yaml"),
  },
  { code: "OPENAPI_VERSION_UNSUPPORTED", problem: 'got "3.1.0"', build: inline(small({ openapi: "3.1.0" })) },
  {
    code: "EXTERNAL_REFERENCE",
    problem: '"./pet.yaml#/Pet"',
    build: inline(small({ components: { schemas: { Pet: { $ref: "./pet.yaml#/Pet" } } } })),
  },
  {
    code: "ROUTE_INVALID",
    problem: "end with a slash",
    build: () => synthDocument(small({ paths: { "/a/": PATHS["/a"] } })),
  },
  {
    code: "PATH_VARIABLE_AMBIGUOUS",
    problem: "{b}",
    build: () => synthDocument(small({ paths: { "/{a}": PATHS["/a"], "/{b}": PATHS["/a"] } })),
  },
  { code: "IMPORT_MODE_UNSUPPORTED", problem: 'mode is "merge"', build: props({ mode: "merge" }) },
  {
    code: "IMPORT_PARAMETER_UNSUPPORTED",
    problem: "basepath=prepend",
    build: props({ parameters: { ignore: "documentation", basepath: "prepend" } }),
  },
  ...(
    [
      ["binaryMediaTypes", { binaryMediaTypes: ["a/b"] }, { "x-amazon-apigateway-binary-media-types": ["c/d"] }],
      ["minimumCompressionSize", { minimumCompressionSize: 1 }, { "x-amazon-apigateway-minimum-compression-size": 2 }],
      ["apiKeySourceType", { apiKeySourceType: "HEADER" }, { "x-amazon-apigateway-api-key-source": "AUTHORIZER" }],
      ["policy", { policy: new PolicyDocument() }, { "x-amazon-apigateway-policy": { Statement: [] } }],
      [
        "disableExecuteApiEndpoint",
        { disableExecuteApiEndpoint: false },
        { servers: [{ url: "/", "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } }] },
      ],
      [
        "vpcEndpoints",
        { endpointConfiguration: { types: ["PRIVATE"], vpcEndpoints: ["vpce-1"] } },
        { servers: [{ url: "/", "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: ["vpce-2"] } }] },
      ],
    ] as const
  ).map(([prop, given, members]) => ({
    code: "DOCUMENT_CONTRADICTION",
    problem: `${prop} is `,
    build: props(given, members),
  })),
  {
    code: "DOCUMENT_ROUTE_UNKNOWN",
    problem: 'routeOptions names "GET /b"',
    build: props({ routeOptions: { "GET /b": { throttle: "blocked" } } }),
  },
  {
    code: "DOCUMENT_ROUTE_UNKNOWN",
    problem: 'no "GET /cats", but GET /pets, POST /pets, GET /pets/{petId}',
    build: pets((api) => api.integrate("GET /cats", new MockIntegration())),
  },
  {
    code: "DOCUMENT_ROUTE_INTEGRATED",
    problem: '"GET /pets" has its integration in ',
    build: pets((api) => api.integrate("GET /pets", new MockIntegration())),
  },
  {
    code: "DOCUMENT_ROUTE_INTEGRATED",
    problem: '"POST /pets" has its integration by integrate already',
    build: pets((api) => api.integrate("POST /pets", new MockIntegration())),
  },
  {
    code: "ROUTE_WITHOUT_INTEGRATION",
    problem: `operations of ${PLACE} have no integration: POST /pets, GET /pets/{petId}`,
    build: () => synthPets(() => {}),
  },
  {
    code: "ROUTE_WITHOUT_INTEGRATION",
    problem: "GET /pets/{petId}",
    build: () => synthPets((api) => api.method("GET /pets/{petId}")),
  },
  {
    code: "DUPLICATE_ROUTE",
    problem: `"GET /pets" is declared here and in ${PLACE}`,
    build: pets((api) => api.route("GET /pets", new MockIntegration())),
  },
  {
    code: "DUPLICATE_ROUTE",
    problem: '"POST /pets" is declared here and in ',
    build: () => synthPets((api) => api.root.resourceForPath("pets").addMethod("POST")),
  },
  {
    code: "DUPLICATE_MODEL",
    problem: `the model "Pet" is declared in code and, with another schema, in ${PLACE}`,
    build: pets((api) => api.addModel("Pet", { schema: { type: "string" } })),
  },
  {
    code: "DUPLICATE_GATEWAY_RESPONSE",
    problem: "THROTTLED is customised twice",
    build: () =>
      synthDocument(small({ "x-amazon-apigateway-gateway-responses": { THROTTLED: {} } }), (api) =>
        api.addGatewayResponse("Throttled", { type: "THROTTLED" }),
      ),
  },
  {
    code: "DUPLICATE_AUTHORIZER",
    problem: 'two authorizers are named "staff"',
    build: () =>
      synthDocument(small(guarded), (api, stack) =>
        api.useAuthorizer(new TokenAuthorizer(stack, "staff", { handler: { arn: FUNCTION } })),
      ),
  },
  {
    code: "DUPLICATE_OPERATION_NAME",
    problem: '"listPets" is already the name of "GET /pets"',
    build: pets((api) => api.route("PUT /pets", new MockIntegration(), { operationName: "listPets" })),
  },
  {
    code: "AUTHORIZER_UNKNOWN",
    problem: 'no authorizer "other", but staff',
    build: () => synthDocument(small(guarded), (api) => api.authorizer("other")),
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: 'cache.keys of "GET /a"',
    build: () =>
      synthDocument(small(guarded, { security: [{ staff: [] }] }), undefined, {
        routeOptions: { "GET /a": { cache: {} } },
      }),
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: '"GET /pets" (method.request.header.Authorization)',
    build: () =>
      synthPets(
        withPets((api, stack) =>
          api.useAuthorizer(new TokenAuthorizer(stack, "customer", { handler: { arn: FUNCTION } })),
        ),
        { routeOptions: { "GET /pets": { cache: {} } } },
      ),
  },
  {
    code: "CORS_ON_DOCUMENT_ROUTE",
    problem: "without Access-Control-Allow-Origin: GET /a",
    build: props({ defaultCorsPreflightOptions: { allowOrigins: ["*"] } }),
  },
  {
    code: "SWAGGER_TOO_NARROW",
    problem: "different models for several content types",
    build: () =>
      synthDocument({ swagger: "2.0", info: {}, paths: {} }, (api, stack) => {
        const one = new Model(stack, "One", { restApi: api, schema: { type: "object" } });
        const requestModels = { "application/json": one, "text/plain": Model.ERROR_MODEL };
        api.route("POST /a", new HttpIntegration("https://a.example"), { requestModels });
      }),
  },
];

it.each(REFUSALS)("fails when a document cannot be imported: $code, $problem", expectRefusal);

it("fails when several things are wrong, with all of them together", () => {
  const findings = findingsOf(() => synthPets(() => {}, { mode: "merge", parameters: { basepath: "split" } }));

  expect(findings.map((text) => text.split(":")[0])).toEqual(
    expect.arrayContaining(["IMPORT_MODE_UNSUPPORTED", "IMPORT_PARAMETER_UNSUPPORTED", "ROUTE_WITHOUT_INTEGRATION"]),
  );
});
