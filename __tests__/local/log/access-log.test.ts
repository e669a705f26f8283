import { custom, fails, fakeHost, gatewayFor, method, mock, proxy, send } from "../../support/gateway";

const FORMAT =
  '{"id":"$context.requestId","ip":"$context.identity.sourceIp","user":"$context.identity.user","at":"$context.requestTime","route":"$context.httpMethod $context.resourcePath","status":"$context.status","length":"$context.responseLength","latency":"$context.responseLatency","error":"$context.error.message","type":"$context.error.responseType","backend":"$context.integration.status","backendLatency":"$context.integrationLatency","why":"$context.integrationErrorMessage","x":"${context.stage}"}';

async function logOf(integration: ReturnType<typeof proxy>, host = fakeHost(), target = "/v1/things") {
  const gateway = gatewayFor(
    { methods: [method({ integration })] },
    { host, stage: { accessLog: { destinationArn: "arn", format: FORMAT } } },
  );
  await send(gateway, { target });
  return host.logLines.map((line) => JSON.parse(line));
}

describe("the access log", () => {
  it("has one line for each request, with a dash for what has no value", async () => {
    expect(await logOf(mock('{"ok": true}'))).toEqual([
      {
        id: "00000000-0000-4000-8000-000000000002",
        ip: "192.0.2.1",
        user: "-",
        at: "05/Oct/2024:13:55:36 +0000",
        route: "GET /things",
        status: "200",
        length: "12",
        latency: "0",
        error: "-",
        type: "-",
        backend: "-",
        backendLatency: "-",
        why: "-",
        x: "v1",
      },
    ]);
  });

  it.each([
    {
      what: "an unknown route",
      integration: mock(""),
      host: fakeHost(),
      target: "/v1/nope",
      entry: {
        status: "403",
        error: "Missing Authentication Token",
        type: "MISSING_AUTHENTICATION_TOKEN",
        route: "GET -",
      },
    },
    {
      what: "a function that fails",
      integration: proxy(),
      host: fakeHost({ invoke: () => fails("boom") }),
      target: "/v1/things",
      entry: {
        status: "502",
        type: "INTEGRATION_FAILURE",
        why: "Lambda Customer Function Error:boom",
        backendLatency: "0",
      },
    },
    {
      what: "a timeout",
      integration: custom("HTTP_PROXY", { timeoutMillis: 50 }),
      host: fakeHost({ fetch: () => new Promise(() => {}) }),
      target: "/v1/things",
      entry: { status: "504", error: "Endpoint request timed out", type: "INTEGRATION_TIMEOUT" },
    },
    {
      what: "a backend's answer",
      integration: custom("HTTP_PROXY"),
      host: fakeHost({ fetch: () => ({ status: 418 }) }),
      target: "/v1/things",
      entry: { status: "418", backend: "418", type: "-" },
    },
  ])("tells of $what", async ({ integration, host, target, entry }) => {
    const [line] = (await logOf(integration, host, target)).map((logged) =>
      "why" in entry ? { ...logged, why: String(logged.why).split("{")[0] } : logged,
    );

    expect(line).toMatchObject(entry);
  });

  it("is empty without a format", async () => {
    const host = fakeHost();

    await send(gatewayFor({ methods: [method()] }, { host }));

    expect(host.logLines).toEqual([]);
  });
});
