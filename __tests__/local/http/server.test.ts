import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { ConfigurationError } from "../../../definition/configuration-error";
import type { IncomingRequest } from "../../../local/exchange";
import { listen, type RunningServer } from "../../../local/http/server";
import type { Gateway } from "../../../local/pipeline";
import { gatewayFor, method, mock } from "../../support/gateway";
import { exchangeBytes, leaveEarly } from "../../support/raw-http";

const LIMIT = 10_485_760;

describe("the server", () => {
  let server: RunningServer | undefined;

  const start = async (gateway: Gateway) => {
    server = await listen(gateway, { port: 0, host: "127.0.0.1" });
    return server;
  };

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it("hands headers and path over as they were sent", async () => {
    const seen: IncomingRequest[] = [];
    const { port } = await start(recording(seen));

    await exchangeBytes(
      port,
      "GET /v1//a%2Fb/?x=1+2 HTTP/1.1\r\nhOsT: h\r\nX-Two: 1\r\nx-two: 2\r\nConnection: close\r\n\r\n",
    );

    expect(seen).toMatchObject([
      {
        method: "GET",
        target: "/v1//a%2Fb/?x=1+2",
        headers: [
          ["hOsT", "h"],
          ["X-Two", "1"],
          ["x-two", "2"],
          ["Connection", "close"],
        ],
        sourceIp: "127.0.0.1",
        protocol: "HTTP/1.1",
      },
    ]);
  });

  it("sends headers in the case and order of the answer, repeated ones too", async () => {
    const { port } = await start(
      answering({
        headers: [
          ["x-B", "1"],
          ["Set-Cookie", "a=1"],
          ["Set-Cookie", "b=2"],
        ],
      }),
    );

    const received = await exchangeBytes(port, "GET /v1/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

    expect(received).toContain("x-B: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n");
    expect(received).toMatch(/\r\n\r\nok$/);
  });

  it.each([
    { request: "HEAD", status: 200, ending: /Content-Length: 2\r\n[\s\S]*\r\n\r\n$/ },
    { request: "GET", status: 204, ending: /^(?![\s\S]*Content-Length)[\s\S]*\r\n\r\n$/ },
    { request: "GET", status: 304, ending: /^(?![\s\S]*Content-Length)[\s\S]*\r\n\r\n$/ },
  ])("sends no body for $request with status $status", async ({ request, status, ending }) => {
    const { port } = await start(answering({ status }));

    const received = await exchangeBytes(port, `${request} /v1/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);

    expect(received).toMatch(ending);
  });

  it("passes a body of 10 MB and refuses one byte more, and the client gets the answer", async () => {
    const api = { methods: [method({ httpMethod: "POST", integration: mock("accepted") })] };
    const { port } = await start(gatewayFor(api));
    const post = (size: number) =>
      exchangeBytes(port, [
        `POST /v1/things HTTP/1.1\r\nHost: h\r\nContent-Length: ${size}\r\nConnection: close\r\n\r\n`,
        Buffer.alloc(size, "a"),
      ]);

    const [largest, tooLarge] = await Promise.all([post(LIMIT), post(LIMIT + 1)]);

    expect(largest).toMatch(/^HTTP\/1\.1 200 /);
    expect(tooLarge).toMatch(/^HTTP\/1\.1 413 [\s\S]*\r\n\r\nHTTP content length exceeded 10485760 bytes\.$/);
  });

  it("goes on taking what an oversized client sends, without keeping it", async () => {
    const seen: IncomingRequest[] = [];
    const { port } = await start(recording(seen));
    const size = 40 * 1024 * 1024;

    const received = await exchangeBytes(port, [
      `POST /v1/things HTTP/1.1\r\nHost: h\r\nContent-Length: ${size}\r\n\r\n`,
      Buffer.alloc(size, "a"),
    ]);

    expect(received).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close/);
    expect(seen[0]?.body.length).toBe(LIMIT + 1);
  });

  it.each([
    ["no HTTP at all", "nonsense\r\n\r\n"],
    ["a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n"],
    ["more headers than anybody sends", `GET / HTTP/1.1\r\nHost: h\r\nX: ${"a".repeat(70_000)}\r\n\r\n`],
    ["two lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na"],
  ])("answers 400 to %s and goes on serving", async (_, bytes) => {
    const { port } = await start(answering({}));

    const broken = await exchangeBytes(port, bytes);
    const next = await exchangeBytes(port, "GET /v1/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

    expect(broken).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n/);
    expect(next).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("goes on serving when a model's expression backtracks without end", async () => {
    const schema = { type: "object", properties: { name: { type: "string", pattern: "^(a+)+$" } } };
    const api = {
      models: { Named: { contentType: "application/json", schema } },
      requestValidators: { body: { validateRequestBody: true, validateRequestParameters: false } },
      methods: [
        method({ httpMethod: "POST", requestValidator: "body", requestModels: { "application/json": "Named" } }),
      ],
    };
    const { url } = await start(gatewayFor(api));

    const { status } = await fetch(`${url}/v1/things`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: `${"a".repeat(40)}!` }),
    });

    expect(status).toBe(400);
  });

  it("survives a client that leaves in the middle of a body", async () => {
    const { port } = await start(answering({}));

    await leaveEarly(port, "POST /v1/x HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
    const next = await exchangeBytes(port, "GET /v1/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

    expect(next).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("lets a request under way finish before it closes", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { port, close } = await start({
      ...answering({}),
      handle: async () => {
        arrived();
        await held;
        return { status: 200, headers: [], body: Buffer.from("late") };
      },
    });
    const answer = exchangeBytes(port, "GET /v1/x HTTP/1.1\r\nHost: h\r\n\r\n");
    await arrival;

    const closed = close();
    release();

    expect(await answer).toMatch(/Connection: close[\s\S]*late$/);
    await closed;
  });

  it("fails when the port is in use, and says how to go on", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;

    const attempt = listen(answering({}), { port, host: "127.0.0.1" });

    await expect(attempt).rejects.toBeInstanceOf(ConfigurationError);
    await expect(attempt).rejects.toMatchObject({ code: "PORT_IN_USE", place: `127.0.0.1:${port}` });
    await new Promise((resolve) => other.close(resolve));
  });

  it("fails when the address is not one of this machine", async () => {
    const attempt = listen(answering({}), { port: 0, host: "192.0.2.77" });

    await expect(attempt).rejects.toMatchObject({ code: "CANNOT_LISTEN", place: "192.0.2.77:0" });
  });
});

function answering(answer: {
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
}): Gateway {
  const { status = 200, headers = [] } = answer;
  return {
    handle: async () => ({ status, headers, body: Buffer.from("ok") }),
    testInvoke: async () => ({ status, body: "ok", headers: {}, multiValueHeaders: {}, log: "", latency: 0 }),
    routes: () => [],
    domains: () => [],
    notEmulated: () => [],
  };
}

function recording(seen: IncomingRequest[]): Gateway {
  const gateway = answering({});
  return {
    ...gateway,
    handle: (request) => {
      seen.push(request);
      return gateway.handle(request);
    },
  };
}
