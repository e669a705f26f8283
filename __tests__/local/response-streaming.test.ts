import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { Invocation, InvocationResult } from "../../local/host/host";
import { listen, type RunningServer } from "../../local/http/server";
import { FUNCTION_URI, fails, fakeHost, gatewayFor, method, proxy, restApi, send } from "../support/gateway";
import { js, start } from "./lambda/start-function";

const URI = FUNCTION_URI.replace("2015-03-31", "2021-11-15").replace(/invocations$/, "response-streaming-invocations");
const DELIMITER = "\0".repeat(8);
const DONE: InvocationResult = { status: 200, payload: Buffer.alloc(0), requestId: "r" };

/** A gateway with one streaming route; `parts` is what the function sends before it returns. */
function streaming(parts: readonly string[], result: Partial<InvocationResult> = {}, api = {}) {
  const host = fakeHost({
    invoke: ({ onChunk }: Invocation) => {
      for (const part of parts) onChunk?.(Buffer.from(part));
      return { ...DONE, ...result };
    },
  });
  return gatewayFor({ methods: [method({ integration: proxy({ uri: URI }) })], ...api }, { host });
}

const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(gateway: ReturnType<typeof streaming>): Promise<string> {
  const server = await listen(gateway, { host: "127.0.0.1", port: 0 });
  servers.push(server);
  return `${server.url}/v1/things`;
}

async function restOf(gateway: ReturnType<typeof streaming>): Promise<string> {
  const { rest } = await gateway.handle({
    method: "GET",
    target: "/v1/things",
    headers: [["Host", "localhost"]],
    body: Buffer.alloc(0),
    sourceIp: "127.0.0.1",
    protocol: "HTTP/1.1",
  });
  const chunks: Buffer[] = [];
  for await (const chunk of rest ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe("a streamed response", () => {
  it("has status, headers and cookies of its metadata", async () => {
    const metadata = {
      statusCode: 201,
      headers: { "X-A": "1" },
      multiValueHeaders: { "X-B": ["2", "3"] },
      cookies: ["c=4"],
    };

    const { status, lines } = await send(streaming([JSON.stringify(metadata), DELIMITER, "body"]));

    expect(status).toBe(201);
    expect(lines).toEqual(
      expect.arrayContaining([
        ["X-A", "1"],
        ["X-B", "2"],
        ["X-B", "3"],
        ["Set-Cookie", "c=4"],
      ]),
    );
  });

  it.each([
    ["in parts of its own", ["{}", DELIMITER, "bo", "dy"]],
    ["behind the metadata", [`{}${DELIMITER}body`]],
    ["behind a delimiter that comes in pieces", ["{", "}\0\0\0", "\0\0\0\0\0bo", "dy"]],
    ["with zero bytes in it", [`{}${DELIMITER}bo${"\0".repeat(9)}dy`]],
  ])("has the body that comes %s", async (_title, parts) => {
    const body = await restOf(streaming(parts));

    expect(body.replaceAll("\0", "")).toBe("body");
  });

  it("may be given in one piece by a function that runs elsewhere", async () => {
    const payload = Buffer.from(`{}${DELIMITER}body`);

    expect(await restOf(streaming([], { payload }))).toBe("body");
  });

  it("is not compressed", async () => {
    const api = restApi({ minimumCompressionSizeBytes: 0 });
    const gateway = streaming(
      [`{}${DELIMITER}body`],
      {},
      { minimumCompressionSizeBytes: api.minimumCompressionSizeBytes },
    );

    const { headers } = await send(gateway, { headers: [["Accept-Encoding", "gzip"]] });

    expect(headers).not.toHaveProperty("content-encoding");
  });

  it.each<[string, readonly string[], Partial<InvocationResult>]>([
    ["it has no delimiter", ['{"statusCode":200}', "body"], {}],
    ["it has metadata and nothing else", ['{"statusCode":200}'], {}],
    ["its delimiter comes after 16 KB", [" ".repeat(16_385), `{}${DELIMITER}`], {}],
    ["its metadata is no JSON", [`{${DELIMITER}`], {}],
    ["its metadata has a body", [`{"body":"x"}${DELIMITER}`], {}],
    ["its status makes no sense", [`{"statusCode":"many"}${DELIMITER}`], {}],
    ["it is that of a function that does not stream", [], { payload: Buffer.from('{"statusCode":200,"body":"x"}') }],
    ["the function fails before it", [], fails("bad")],
  ])("gives 502 when %s", async (_title, parts, result) => {
    expect((await send(streaming(parts, result))).status).toBe(502);
  });

  it("reaches the client part by part, without a length", async () => {
    let finish = () => {};
    const host = fakeHost({
      invoke: async ({ onChunk }: Invocation) => {
        onChunk?.(Buffer.from(`{}${DELIMITER}first`));
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        onChunk?.(Buffer.from("second"));
        return DONE;
      },
    });
    const gateway = gatewayFor({ methods: [method({ integration: proxy({ uri: URI }) })] }, { host });

    const [response] = (await once(get(await serve(gateway)), "response")) as [IncomingMessage];
    const parts: string[] = [];
    for await (const part of response) {
      parts.push(part.toString());
      finish();
    }

    expect(parts).toEqual(["first", "second"]);
    expect(response.headers["content-length"]).toBeUndefined();
  });

  it("comes from a handler that streams", async () => {
    const { functions } = start(
      js(`exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { "X-Path": event.path } });
        for (const part of ["a", "b", "c"]) { body.write(part); await new Promise((r) => setTimeout(r, 5)); }
        body.end();
      })`),
    );
    const host = fakeHost({ invoke: (invocation) => functions.invoke(invocation) });
    const gateway = gatewayFor({ methods: [method({ integration: proxy({ uri: URI }) })] }, { host });

    const response = await fetch(await serve(gateway));

    expect([response.status, response.headers.get("x-path"), await response.text()]).toEqual([201, "/things", "abc"]);
  });

  it("breaks off when it is longer than what Lambda streams", async () => {
    const part = "x".repeat(70 * 1024 * 1024);

    await expect(restOf(streaming([`{}${DELIMITER}`, part, part, part]))).rejects.toThrow("200 MB");
  });

  it("breaks off when the function fails on its way", async () => {
    let fail = () => {};
    const host = fakeHost({
      invoke: async ({ onChunk }: Invocation) => {
        onChunk?.(Buffer.from(`{}${DELIMITER}first`));
        await new Promise<void>((resolve) => {
          fail = resolve;
        });
        return { ...DONE, ...fails("bad") };
      },
    });
    const gateway = gatewayFor({ methods: [method({ integration: proxy({ uri: URI }) })] }, { host });

    const [response] = (await once(get(await serve(gateway)), "response")) as [IncomingMessage];
    const ended = (async () => {
      for await (const _part of response) fail();
    })();

    await expect(ended).rejects.toThrow("aborted");
  });
});
