import { mockStatusCode } from "../../local/integrations/mock-status";
import { gatewayFor, integrationResponse, method, mock, send } from "../support/gateway";

describe("the status code of a MOCK", () => {
  it.each([
    ['{"statusCode": 200}', 200],
    ["{ statusCode: 200 }", 200],
    ["{'statusCode': 200, '': ''}", 200],
    ['{"statusCode": 200 , }', 200],
    ['{"statusCode": 200 ,, }', 200],
    ['{"statusCode": 200 , null: null }', 200],
    ["{statusCode: 200, foo: [ba r]}", 200],
    ['\n  {"a": {"statusCode": 1}, "statusCode" : 404}\n', 404],
    ['{"statusCode": "200"}', undefined],
    ['{"statusCode": 200.5}', undefined],
    ['{"statusCode": 200', undefined],
    ["{\"statusCode': 200 }", undefined],
    ["{'statusCode\": 200 }", undefined],
    ["{'statusCode: 200 }", undefined],
    ["statusCode: 200", undefined],
    ["{statusCode: 200, {foo: [ba r]}", undefined],
    ["{}", undefined],
    ["", undefined],
  ])("of %j is %s", (rendered, status) => {
    expect(mockStatusCode(rendered)).toBe(status);
  });
});

describe("a MOCK integration", () => {
  it("selects the response by the status that the template renders", async () => {
    const integration = mock("", {
      requestTemplates: {
        "application/json":
          '{#if( $input.params(\'scope\') == "internal" )"statusCode": 200#else"statusCode": 500#end}',
      },
      responses: [
        integrationResponse({ responseTemplates: { "application/json": "ok" } }),
        integrationResponse({
          statusCode: "500",
          selectionPattern: "5\\d{2}",
          responseTemplates: { "application/json": "bad" },
        }),
      ],
    });
    const gateway = gatewayFor({ methods: [method({ integration })] });

    const [internal, other] = [await send(gateway, { target: "/v1/things?scope=internal" }), await send(gateway)];

    expect(internal).toMatchObject({ status: 200, body: "ok" });
    expect(other).toMatchObject({ status: 500, body: "bad" });
  });

  it("without any template answers with the default response", async () => {
    const gateway = gatewayFor({ methods: [method({ integration: mock("default", { requestTemplates: {} }) })] });

    expect(await send(gateway)).toMatchObject({ status: 200, body: "default" });
  });

  it("answers JSON without a trace, even if the client sends one", async () => {
    const gateway = gatewayFor({ methods: [method({ integration: mock("") })] });

    const { headers, body } = await send(gateway, {
      headers: [["x-amzn-trace-id", "Root=1-3152b799-8954dae64eda91bc9a23a7e8"]],
    });

    expect(headers["content-type"]).toBe("application/json");
    expect(headers).not.toHaveProperty("x-amzn-trace-id");
    expect(body).toBe("");
  });
});

describe("a CORS preflight as it is deployed", () => {
  const ORIGINS = `#set($origin = $input.params().header.get("Origin"))
#if($origin == "")
#set($origin = $input.params().header.get("origin"))
#end
#if($origin == "https://shop.example.com" || $origin == "https://admin.example.com")
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;
  const gateway = gatewayFor({
    methods: [
      method({
        httpMethod: "OPTIONS",
        integration: mock("", {
          responses: [
            integrationResponse({
              statusCode: "204",
              responseParameters: {
                "method.response.header.Access-Control-Allow-Origin": "'https://shop.example.com'",
                "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
                "method.response.header.Vary": "'Origin'",
              },
              responseTemplates: { "application/json": ORIGINS },
            }),
          ],
        }),
      }),
    ],
  });

  it.each([
    ["Origin", "https://admin.example.com", "https://admin.example.com"],
    ["origin", "https://admin.example.com", "https://admin.example.com"],
    ["Origin", "https://evil.example.com", "https://shop.example.com"],
  ])("with %s: %s allows %s", async (name, origin, allowed) => {
    const { status, headers, lines } = await send(gateway, { method: "OPTIONS", headers: [[name, origin]] });

    expect(status).toBe(204);
    expect(headers).toMatchObject({ "access-control-allow-methods": "GET,OPTIONS", vary: "Origin" });
    expect(lines.filter(([header]) => header.toLowerCase() === "access-control-allow-origin")).toEqual([
      ["Access-Control-Allow-Origin", allowed],
    ]);
  });

  it("is an ordinary 403 where no OPTIONS method is defined", async () => {
    const { status, headers } = await send(gateway, { method: "OPTIONS", target: "/v1/other" });

    expect(status).toBe(403);
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });
});
