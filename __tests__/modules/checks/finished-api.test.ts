import {
  AccessLogFormat,
  AwsIntegration,
  allowContextFields,
  BasePathMapping,
  DomainName,
  Duration,
  HttpIntegration,
  MockIntegration,
  PolicyDocument,
  ResponseType,
  RestApi,
  raiseQuotas,
} from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { api, backend, expectRefusal, findingsOf, type Refusal, token } from "../support/refusals";

const request = (template: string) =>
  backend(new MockIntegration({ requestTemplates: { "application/json": template } }));
const response = (template: string) =>
  backend(
    new MockIntegration({
      integrationResponses: [{ statusCode: "200", responseTemplates: { "text/plain": template } }],
    }),
  );
const unauthorized = (options: { templates?: Record<string, string>; responseHeaders?: Record<string, string> }) =>
  api({}, (it) => {
    it.root.addMethod("GET");
    it.addGatewayResponse("Unauthorized", { type: ResponseType.UNAUTHORIZED, ...options });
  });
const timeout = (endpointType: "EDGE" | "REGIONAL", seconds: number) =>
  api({ endpointTypes: [endpointType] }, (it) =>
    it.route("GET /a", new HttpIntegration("https://x.example", { options: { timeout: Duration.seconds(seconds) } })),
  );
const resources = (count: number) =>
  api({}, (it) => {
    // The root is one of them.
    for (let index = 1; index < count; index++) it.route(`GET /r${index}`);
  });
const DOMAIN = {
  domainName: "api.example.com",
  domainNameAliasTarget: "d-1.execute-api.eu-west-1.amazonaws.com",
  domainNameAliasHostedZoneId: "Z1",
};
const VERBS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const verbs = (all: readonly string[]) => api({}, (it) => all.map((verb) => it.route(`${verb} /a`)));

const REFUSALS: readonly Refusal[] = [
  { code: "RESOURCES_TOO_MANY", problem: "may have 300 resources, got 301", build: resources(301) },
  { code: "ROUTE_UNREACHABLE", problem: '"ANY /a" is never chosen', build: verbs(["ANY", ...VERBS]) },
  { code: "ROUTE_UNREACHABLE", problem: '"GET /a/../b"', build: api({}, (it) => it.route("GET /a/../b")) },
  { code: "ROUTE_UNREACHABLE", problem: '"GET /."', build: api({}, (it) => it.route("GET /.")) },
  {
    code: "INTEGRATION_TIMEOUT_NOT_EDGE",
    problem: '"GET /a" waits 30000 ms for its backend',
    build: timeout("EDGE", 30),
  },
  {
    code: "DOCUMENT_TOO_LARGE",
    problem: "imports documents of 6291456 bytes",
    build: api({}, (it) => {
      const requestTemplates = { "application/json": "x".repeat(300_000) };
      for (let index = 0; index < 22; index++) it.route(`GET /r${index}`, new MockIntegration({ requestTemplates }));
    }),
  },

  {
    code: "STAGE_ROUTE_UNKNOWN",
    problem: '"/b/GET", which is no route of the API; the nearest is "//GET"',
    build: api({ deployOptions: { methodOptions: { "/b/GET": {} } } }),
  },
  {
    code: "STAGE_ROUTE_UNKNOWN",
    problem: '"//OPTIONS", a preflight of CORS, which has the settings of the stage',
    build: api({
      defaultCorsPreflightOptions: { allowOrigins: ["https://a.example"] },
      deployOptions: { methodOptions: { "//OPTIONS": { throttle: "account-limit" } } },
    }),
  },
  {
    code: "BASE_PATHS_TOO_MANY",
    problem: '"v/200" is one more',
    build: api({}, (it) => {
      const domain = DomainName.fromDomainNameAttributes(it, "Domain", DOMAIN);
      it.root.addMethod("GET");
      for (let index = 0; index <= 200; index++) {
        new BasePathMapping(it, `Mapping${index}`, { domainName: domain, restApi: it, basePath: `v/${index}` });
      }
    }),
  },
  {
    code: "TEMPLATE_DOES_NOT_PARSE",
    problem: 'the request template of "GET /" for application/json is no VTL: the ( on line 2 is never closed',
    build: request("{\n$input.json('$.a'\n}"),
  },
  {
    code: "TEMPLATE_DOES_NOT_PARSE",
    problem: 'the response template of "GET /" for 200 and text/plain is no VTL',
    build: response("#set($a = )"),
  },
  { code: "TEMPLATE_DOES_NOT_PARSE", problem: "an #end is missing", build: request("#if($a)#foreach($b in $c)#end") },
  { code: "TEMPLATE_DOES_NOT_PARSE", problem: "an #end has no beginning", build: request("#if($a)#end #end") },
  {
    code: "CONTEXT_FIELD_UNKNOWN",
    problem: "$context.requestID, which does not exist; the nearest is $context.requestId",
    build: request('{"id": "$context.requestID"}'),
  },
  { code: "CONTEXT_FIELD_UNKNOWN", problem: "$context.identity.ip", build: response("$!{context.identity.ip}") },
  { code: "CONTEXT_FIELD_UNKNOWN", problem: "$context.status", build: response("only logs know $context.status") },
  {
    code: "CONTEXT_FIELD_UNKNOWN",
    problem: "the template of the gateway response UNAUTHORIZED for text/plain holds $context.error.text",
    build: unauthorized({ templates: { "text/plain": "$context.error.text" } }),
  },
  {
    code: "CONTEXT_FIELD_UNKNOWN",
    problem: "gatewayresponse.header.X-Id of the gateway response UNAUTHORIZED holds $context.id",
    build: unauthorized({ responseHeaders: { "X-Id": "context.id" } }),
  },
  {
    code: "CONTEXT_FIELD_UNKNOWN",
    problem: 'integration.request.header.X-Id of "GET /" holds $context.id',
    build: backend(
      new HttpIntegration("https://x.example", {
        options: { requestParameters: { "integration.request.header.X-Id": "context.id" } },
      }),
    ),
  },
];

it.each(REFUSALS)("fails when a finished API could not work: $code, $problem", expectRefusal);

it("fails when a field is unknown, and not where it was allowed", () => {
  const build =
    (...allowed: readonly string[]) =>
    () =>
      synthApi((stack) => {
        allowContextFields(stack, ["identity.country"]);
        allowContextFields(stack, allowed);
        const requestTemplates = { "application/json": "$context.identity.country $context.planet" };
        const accessLogFormat = AccessLogFormat.custom("$context.requestId $context.planet");
        const api = new RestApi(stack, "Api", { deployOptions: { accessLogRetention: 7, accessLogFormat } });
        api.root.addMethod("GET", new MockIntegration({ requestTemplates }));
      });

  expect(findingsOf(build())).toEqual([
    expect.stringMatching(
      /^CONTEXT_FIELD_UNKNOWN: .*\$context\.planet[\s\S]*fix: correct the name, or call allowContext/,
    ),
    expect.stringMatching(/^ACCESS_LOG_FIELD_UNKNOWN: .*\$context\.planet[\s\S]*fix: .*or call allowContextFields/),
  ]);
  expect(build("planet")).not.toThrow();
});

it("fails when a template is wrong, at the method that has it", () => {
  const [finding] = findingsOf(request("#set("));

  expect(finding).toContain("\n  at test/Api/Default/GET\n");
});

it("fails when a policy is longer than AWS has allowed, and not when it is as long", () => {
  const build = (resourcePolicyLength: number) => () =>
    synthApi((stack) => {
      raiseQuotas(stack, { resourcePolicyLength });
      new RestApi(stack, "Api", { policy: new PolicyDocument({ statements: [] }) }).root.addMethod("GET");
    });

  expect(build(38)).toThrow(/^RESOURCE_POLICY_TOO_LONG: a resource policy may have 38 characters, got 39/);
  expect(build(39)).not.toThrow();
});

it.each<[string, () => unknown]>([
  ["as many resources as AWS allows", resources(300)],
  ["ANY beside six verbs", verbs(["ANY", ...VERBS.slice(1)])],
  ["paths with dots in them", api({}, (it) => it.route("GET /.well-known/..a/b.c"))],
  ["the longest timeout of an EDGE API", timeout("EDGE", 29)],
  ["a raised timeout elsewhere", timeout("REGIONAL", 300)],
  ["signs of VTL in text", request('{"a": "#/b #c", "price": "$5 $", "d": "#[[ #if $x( ]]#"} ## #if\n#* #end *#')],
  ["blocks in braces", request("#{if}($a)b#{else}c#{end}#foreach($a in [1..3])$a#if($foreach.hasNext),#end#end")],
  ["references in templates", request(`{"a": "${token}"}`)],
  [
    "fields of a log with text between them",
    api({
      deployOptions: {
        accessLogRetention: 7,
        accessLogFormat: AccessLogFormat.custom("$context.requestTime-$context.requestId $context.authorizer.a-b"),
      },
    }),
  ],
  ["directives in strings and comments", request("#set($a = '#end')#@b('#if')c#end ## $context.typo")],
  ["what only Velocity takes", request(`#set($a = 'it''s')#set($b = {$c: "say ""hi"""})`)],
  [
    "facts that exist",
    request(
      "$context.identity.sourceIp $context.authorizer.claims.sub $context.authorizer.any $context.path.length() $context.requestId-$context.stage",
    ),
  ],
  ["objects of facts", request("#set($who = $context.identity)#set($context.responseOverride.status = 400)")],
  ["overrides", request('#set($context.responseOverride.header.X = "a")#set($context.requestOverride.path.id = "b")')],
  [
    "facts in mappings",
    backend(
      new AwsIntegration({
        service: "sqs",
        path: "q",
        options: { requestParameters: { "integration.request.header.X-Id": "context.requestId" } },
      }),
    ),
  ],
])("accept %s", (_name, build) => {
  expect(build).not.toThrow();
});

it("measures against the quotas that AWS has raised for the stack", () => {
  const build = (quotas: { resourcesPerApi: number }) => () =>
    synthApi((stack) => new RestApi(stack, "Api").route("GET /a/b"), {
      region: "eu-west-1",
      accountId: "111111111111",
      quotas,
    });

  expect(build({ resourcesPerApi: 2 })).toThrow(/^RESOURCES_TOO_MANY: an API may have 2 resources, got 3/);
  expect(build({ resourcesPerApi: 3 })).not.toThrow();
});
