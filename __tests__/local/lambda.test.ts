import type { IntegrationDefinition, PassthroughBehavior } from "../../definition/integration";
import type { InvocationResult } from "../../local/host/host";
import { custom, fails, fakeHost, gatewayFor, integrationResponse, method, returns, send } from "../support/gateway";

function call(
  overrides: Partial<IntegrationDefinition>,
  result: Partial<InvocationResult>,
  request: Parameters<typeof send>[1] = {},
) {
  const host = fakeHost({ invoke: () => result });
  const gateway = gatewayFor(
    { methods: [method({ httpMethod: "ANY", integration: custom("AWS", overrides) })] },
    { host, stage: { variables: { v: "1" } } },
  );
  return send(gateway, { method: "POST", ...request }).then((response) => ({
    response,
    event: host.invocations[0]?.payload.toString(),
    invocation: host.invocations[0],
  }));
}

describe("a custom Lambda integration", () => {
  it.each<{ body: string; templates: Record<string, string>; event: string }>([
    { body: '{"a": 1}', templates: {}, event: '{"a": 1}' },
    { body: "", templates: {}, event: "{}" },
    { body: '"text"', templates: {}, event: '"text"' },
    {
      body: '{"a":1}',
      templates: { "application/json": '{"v":"$stageVariables.v","a":$input.path(\'$.a\')}' },
      event: '{"v":"1","a":1}',
    },
  ])("makes an event of '$body' and $templates", async ({ body, templates, event: expected }) => {
    const { event } = await call({ requestTemplates: templates }, returns("Pass"), { body });

    expect(event).toBe(expected);
  });

  it("relays the result byte for byte as JSON, with the trace", async () => {
    const { response } = await call({}, { payload: Buffer.from('{"a": 1,  "b": [ 2 ]}') });

    expect(response).toMatchObject({ status: 200, body: '{"a": 1,  "b": [ 2 ]}' });
    expect(response.headers).toMatchObject({
      "content-type": "application/json",
      "x-amzn-trace-id": expect.stringContaining("Root="),
    });
  });

  const RESPONSES = [
    integrationResponse(),
    integrationResponse({ statusCode: "405", selectionPattern: ".*four hundred.*" }),
    integrationResponse({ statusCode: "502", selectionPattern: ".+" }),
    integrationResponse({ statusCode: "504", selectionPattern: "200" }),
  ];

  it.each([
    { result: returns("200"), status: 200 },
    { result: fails("raising four hundred here"), status: 405 },
    { result: fails("raising\nfour hundred here"), status: 200 },
    { result: fails("anything else"), status: 502 },
  ])("selects $status by the error message only", async ({ result, status }) => {
    const { response } = await call({ responses: RESPONSES }, result);

    expect(response.status).toBe(status);
  });

  it("answers an error that no pattern covers with the default", async () => {
    const { response } = await call(
      { responses: [integrationResponse(), integrationResponse({ statusCode: "400", selectionPattern: "Invalid" })] },
      fails("Invalid input"),
    );

    expect(response.status).toBe(200);
    expect(JSON.parse(response.body)).toMatchObject({ errorMessage: "Invalid input" });
  });

  it("looks into an error message that is JSON for header mappings", async () => {
    const responses = [
      integrationResponse({
        responseParameters: {
          "method.response.header.fn": "integration.response.body.errorMessage.trace.function",
          "method.response.header.status": "integration.response.body.errorMessage.httpStatus",
          "method.response.header.trace": "integration.response.body.errorMessage.trace",
          "method.response.header.none": "integration.response.body.errorMessage.nope",
        },
      }),
    ];

    const { response } = await call({ responses }, fails('{"httpStatus":500,"trace":{"function":"abc()"}}'));

    expect(response.headers).toMatchObject({ fn: "abc()", status: "500", trace: '{"function":"abc()"}' });
    expect(response.headers).not.toHaveProperty("none");
  });

  it("invokes asynchronously on demand and answers at once", async () => {
    const { response, invocation } = await call(
      { requestParameters: { "integration.request.header.X-Amz-Invocation-Type": "'Event'" } },
      { status: 202, payload: Buffer.alloc(0) },
    );

    expect(invocation?.type).toBe("Event");
    expect(response).toMatchObject({ status: 200, body: "" });
  });

  it("answers 400 when the event is no JSON", async () => {
    const { response, invocation } = await call({}, returns(1), { body: "<xml/>" });

    expect(response.status).toBe(400);
    expect(response.body).toContain("Could not parse request body into json");
    expect(invocation).toBeUndefined();
  });

  it("is called with POST only", async () => {
    const { response, invocation } = await call({ httpMethod: "GET" }, returns(1));

    expect(response.status).toBe(500);
    expect(invocation).toBeUndefined();
  });

  const JSON_ONLY = { "application/json": '{"t":"json"}' };
  const XML_ONLY = { "application/xml": '{"t":"xml"}' };

  it.each<{
    templates: Record<string, string>;
    type: string | undefined;
    behavior: PassthroughBehavior;
    event: string | undefined;
  }>([
    { templates: JSON_ONLY, type: undefined, behavior: "WHEN_NO_MATCH", event: '{"t":"json"}' },
    { templates: JSON_ONLY, type: undefined, behavior: "WHEN_NO_TEMPLATES", event: '{"t":"json"}' },
    { templates: JSON_ONLY, type: undefined, behavior: "NEVER", event: '{"t":"json"}' },
    { templates: JSON_ONLY, type: "application/json", behavior: "WHEN_NO_MATCH", event: '{"t":"json"}' },
    { templates: JSON_ONLY, type: "application/json", behavior: "WHEN_NO_TEMPLATES", event: '{"t":"json"}' },
    { templates: JSON_ONLY, type: "application/json", behavior: "NEVER", event: '{"t":"json"}' },
    { templates: JSON_ONLY, type: "application/xml", behavior: "WHEN_NO_MATCH", event: '{"c":1}' },
    { templates: JSON_ONLY, type: "application/xml", behavior: "WHEN_NO_TEMPLATES", event: undefined },
    { templates: JSON_ONLY, type: "application/xml", behavior: "NEVER", event: undefined },
    { templates: XML_ONLY, type: undefined, behavior: "WHEN_NO_MATCH", event: '{"c":1}' },
    { templates: XML_ONLY, type: undefined, behavior: "WHEN_NO_TEMPLATES", event: undefined },
    { templates: XML_ONLY, type: undefined, behavior: "NEVER", event: undefined },
    { templates: XML_ONLY, type: "application/json", behavior: "WHEN_NO_MATCH", event: '{"c":1}' },
    { templates: XML_ONLY, type: "application/json", behavior: "WHEN_NO_TEMPLATES", event: undefined },
    { templates: XML_ONLY, type: "application/json", behavior: "NEVER", event: undefined },
    { templates: XML_ONLY, type: "application/xml", behavior: "WHEN_NO_MATCH", event: '{"t":"xml"}' },
    { templates: XML_ONLY, type: "application/xml", behavior: "WHEN_NO_TEMPLATES", event: '{"t":"xml"}' },
    { templates: XML_ONLY, type: "application/xml", behavior: "NEVER", event: '{"t":"xml"}' },
    { templates: JSON_ONLY, type: "application/json; charset=utf-8", behavior: "NEVER", event: '{"t":"json"}' },
    { templates: { "application/json": "" }, type: "application/json", behavior: "NEVER", event: '{"c":1}' },
    { templates: {}, type: "application/json", behavior: "NEVER", event: undefined },
    { templates: {}, type: "application/json", behavior: "WHEN_NO_TEMPLATES", event: '{"c":1}' },
    { templates: { $default: '{"t":"default"}' }, type: "text/weird", behavior: "NEVER", event: '{"t":"default"}' },
  ])(
    "treats $type with templates $templates and $behavior as $event",
    async ({ templates, type, behavior, event: expected }) => {
      const { response, event } = await call(
        { requestTemplates: templates, passthroughBehavior: behavior },
        returns(1),
        { body: '{"c":1}', headers: type === undefined ? [] : [["Content-Type", type]] },
      );

      expect(event).toBe(expected);
      expect(response.status).toBe(expected === undefined ? 415 : 200);
      if (expected === undefined) expect(response.body).toBe('{"message":"Unsupported Media Type"}');
    },
  );
});
