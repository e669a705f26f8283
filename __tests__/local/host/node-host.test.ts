import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { ConfigurationError } from "../../../definition/configuration-error";
import { type BackendRequest, BackendUnreachable, type Host } from "../../../local/host/host";
import { createNodeHost } from "../../../local/host/node-host";
import type { LogEntry } from "../../../local/log/entry";
import { NotEmulated } from "../../../local/refusals/not-emulated";

interface Seen {
  readonly method?: string;
  readonly url?: string;
  readonly headers: readonly string[];
  readonly body: string;
}

describe("the node host", () => {
  let server: Server | undefined;
  const seen: Seen[] = [];

  async function backend(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<string> {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method, url, rawHeaders } = request;
      seen.push({ method, url, headers: rawHeaders, body: Buffer.concat(chunks).toString() });
      answer(response, request);
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterEach(async () => {
    seen.length = 0;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
  });

  const hostWith = (options: Partial<Parameters<typeof createNodeHost>[0]> = {}): Host =>
    createNodeHost({
      origins: {},
      serviceEndpoints: {},
      invoke: async () => ({ status: 200, payload: Buffer.alloc(0), requestId: "r" }),
      ...options,
    });

  const fetchFrom = (host: Host, request: Partial<BackendRequest> & { readonly url: string }) =>
    host.fetch(
      { method: "GET", headers: [["Host", new URL(request.url).host]], ...request },
      new AbortController().signal,
    );

  it("sends headers as they are and reads the answer as it came", async () => {
    const gzipped = gzipSync("text");
    const url = await backend((response) =>
      response.writeHead(201, ["X-a", "1", "x-A", "2", "Content-Encoding", "gzip"]).end(gzipped),
    );

    const response = await fetchFrom(hostWith(), {
      method: "POST",
      url: `${url}/a%20b?q=1+2`,
      headers: [
        ["Host", "own.example.com"],
        ["X-Case", "1"],
        ["x-case", "2"],
        ["Content-Length", "2"],
      ],
      body: Buffer.from("ab"),
    });

    expect(seen).toEqual([
      {
        method: "POST",
        url: "/a%20b?q=1+2",
        headers: expect.arrayContaining([
          "Host",
          "own.example.com",
          "X-Case",
          "1",
          "x-case",
          "2",
          "Content-Length",
          "2",
        ]),
        body: "ab",
      },
    ]);
    expect(response.status).toBe(201);
    expect(response.headers).toEqual(
      expect.arrayContaining([
        ["X-a", "1"],
        ["x-A", "2"],
        ["Content-Encoding", "gzip"],
      ]),
    );
    expect(response.body).toEqual(gzipped);
  });

  it("reuses connections", async () => {
    const sockets = new Set<unknown>();
    const url = await backend((response, request) => {
      sockets.add(request.socket);
      response.end("ok");
    });
    const host = hostWith();

    await fetchFrom(host, { url });
    await fetchFrom(host, { url });

    expect(sockets.size).toBe(1);
  });

  it("tries again when a kept connection turns out to be closed", async () => {
    let requests = 0;
    const url = await backend((response, request) => {
      requests += 1;
      if (requests === 2) request.socket.destroy();
      else response.end("ok");
    });
    const host = hostWith();

    await fetchFrom(host, { url });
    const second = await fetchFrom(host, { url });

    expect(second.body.toString()).toBe("ok");
    expect(requests).toBe(3);
  });

  it("sends a POST once, even when a kept connection breaks", async () => {
    let requests = 0;
    const url = await backend((response, request) => {
      requests += 1;
      if (requests === 2) request.socket.destroy();
      else response.end("ok");
    });
    const host = hostWith();

    await fetchFrom(host, { url });
    const second = fetchFrom(host, { url, method: "POST", body: Buffer.from("order") });

    await expect(second).rejects.toBeInstanceOf(BackendUnreachable);
    expect(requests).toBe(2);
  });

  it("reads no more than one byte above the limit", async () => {
    const url = await backend((response) => response.end(Buffer.alloc(12 * 1024 * 1024)));

    const response = await fetchFrom(hostWith(), { url });

    expect(response.body.length).toBe(10_485_761);
  });

  it.each<readonly [string, () => Promise<string>]>([
    ["refuses", async () => "http://127.0.0.1:1"],
    ["cannot be resolved", async () => "http://nowhere.invalid"],
    [
      "breaks off",
      () =>
        backend((response) => {
          response.writeHead(200, { "Content-Length": "9" });
          response.write("a", () => response.destroy());
        }),
    ],
    ["hangs up", () => backend((_, request) => request.socket.destroy())],
    [
      "switches protocols",
      () =>
        backend((_, { socket }) => {
          socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n");
        }),
    ],
  ])("fails when the backend %s", async (_, start) => {
    const url = await start();

    await expect(fetchFrom(hostWith(), { url })).rejects.toBeInstanceOf(BackendUnreachable);
  });

  it.each([
    ["its own name", "rates.example.com", "mapped"],
    ["a name that the definition maps", "other.example.com", "other.example.com"],
  ])("sends an origin elsewhere; the backend sees %s", async (_, hostHeader, seenHost) => {
    const url = await backend((response) => response.end("ok"));
    const host = hostWith({ origins: { "https://rates.example.com": `${url}/sub/` } });

    await fetchFrom(host, { url: "https://rates.example.com/latest?base=EUR", headers: [["Host", hostHeader]] });

    const expected = seenHost === "mapped" ? new URL(url).host : seenHost;
    expect(seen).toMatchObject([{ url: "/sub/latest?base=EUR", headers: expect.arrayContaining(["Host", expected]) }]);
  });

  it("says in its log what the gateway tells it, mistakes of users without a stack", () => {
    const said: LogEntry[] = [];
    const host = hostWith({ log: (entry) => said.push(entry) });

    host.accessLog("v1", "line");
    host.executionLog("v1", "(id) step");
    host.reportBug(new ConfigurationError("PORT_INVALID", "place", "problem", "fix"));
    host.reportBug(new Error("a bug"));

    expect(said).toEqual([
      { kind: "access", stage: "v1", line: "line" },
      { kind: "execution", stage: "v1", line: "(id) step" },
      { kind: "error", text: "PORT_INVALID: problem\n  at place\n  fix: fix" },
      { kind: "error", text: expect.stringMatching(/^Error: a bug\n {4}at /) },
    ]);
  });

  describe("towards AWS services", () => {
    const queue = "https://sqs.eu-central-1.amazonaws.com/111111111111/orders-dev-events";
    const form = (body: string): Partial<BackendRequest> => ({
      method: "POST",
      awsService: "sqs",
      headers: [
        ["Host", "sqs.eu-central-1.amazonaws.com"],
        ["Content-Type", "application/x-www-form-urlencoded"],
        ["Content-Length", String(body.length)],
      ],
      body: Buffer.from(body),
    });

    it("calls the local endpoint with the form of a signature", async () => {
      const url = await backend((response) => response.end("{}"));

      await fetchFrom(hostWith({ serviceEndpoints: { dynamodb: url } }), {
        method: "POST",
        url: "https://dynamodb.eu-central-1.amazonaws.com/",
        awsService: "dynamodb",
        headers: [
          ["Host", "dynamodb.eu-central-1.amazonaws.com"],
          ["X-Amz-Target", "DynamoDB_20120810.Scan"],
          ["Content-Length", "2"],
        ],
        body: Buffer.from("{}"),
      });

      expect(seen).toMatchObject([
        {
          url: "/",
          headers: expect.arrayContaining([
            "X-Amz-Target",
            "DynamoDB_20120810.Scan",
            new URL(url).host,
            expect.stringMatching(
              /^AWS4-HMAC-SHA256 Credential=[\w-]+\/\d{8}\/eu-central-1\/dynamodb\/aws4_request, SignedHeaders=.+, Signature=0{64}$/,
            ),
          ]),
        },
      ]);
    });

    it.each([
      ["https://s3.eu-central-1.amazonaws.com/bucket/a/b", "/bucket/a/b"],
      ["https://bucket.s3.eu-central-1.amazonaws.com/a/b?x=1", "/bucket/a/b?x=1"],
      ["https://my.bucket.s3.eu-central-1.amazonaws.com/a", "/my.bucket/a"],
    ])("addresses %s by path", async (url, path) => {
      const endpoint = await backend((response) => response.end());

      await fetchFrom(hostWith({ serviceEndpoints: { s3: endpoint } }), { url, awsService: "s3" });

      expect(seen[0]?.url).toBe(path);
    });

    it("calls SQS on / with the JSON that it was given", async () => {
      const url = await backend((response) => response.end('{"MessageId":"m"}'));
      const body = JSON.stringify({ QueueUrl: queue, MessageBody: "hi" });

      const response = await fetchFrom(hostWith({ serviceEndpoints: { sqs: url } }), {
        method: "POST",
        url: queue,
        awsService: "sqs",
        headers: [
          ["Host", "x"],
          ["Content-Type", "application/x-amz-json-1.0"],
          ["X-Amz-Target", "AmazonSQS.SendMessage"],
          ["Content-Length", String(body.length)],
        ],
        body: Buffer.from(body),
      });

      expect(seen).toMatchObject([{ method: "POST", url: "/", body }]);
      expect(response.body.toString()).toBe('{"MessageId":"m"}');
    });

    it.each(["MessageAttribute", "MessageAttributes"])(
      "translates SQS's form-encoded protocol with %s, both ways",
      async (attribute) => {
        const url = await backend((response) =>
          response.writeHead(200, { "x-amzn-RequestId": "req-1" }).end('{"MessageId":"m-1"}'),
        );
        const body =
          "Action=SendMessage&Version=2012-11-05&MessageBody=a%20b&DelaySeconds=5" +
          `&${attribute}.1.Name=kind&${attribute}.1.Value.DataType=String&${attribute}.1.Value.StringValue=x`;

        const response = await fetchFrom(hostWith({ serviceEndpoints: { sqs: url } }), { url: queue, ...form(body) });

        expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
          QueueUrl: queue,
          MessageBody: "a b",
          DelaySeconds: 5,
          MessageAttributes: { kind: { DataType: "String", StringValue: "x" } },
        });
        expect(seen[0]?.headers).toEqual(
          expect.arrayContaining(["X-Amz-Target", "AmazonSQS.SendMessage", "application/x-amz-json-1.0"]),
        );
        expect(JSON.parse(response.body.toString())).toEqual({
          SendMessageResponse: { ResponseMetadata: { RequestId: "req-1" }, SendMessageResult: { MessageId: "m-1" } },
        });
      },
    );

    it("translates a failure of the form-encoded protocol", async () => {
      const url = await backend((response) =>
        response.writeHead(400).end('{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no queue"}'),
      );

      const response = await fetchFrom(hostWith({ serviceEndpoints: { sqs: url } }), {
        url: queue,
        ...form("Action=SendMessage&MessageBody=a"),
      });

      expect(response.status).toBe(400);
      expect(JSON.parse(response.body.toString()).Error).toEqual({
        Code: "QueueDoesNotExist",
        Message: "no queue",
        Type: "Sender",
      });
    });

    it("answers what SQS answers to a call that is no JSON", async () => {
      const response = await fetchFrom(hostWith({ serviceEndpoints: { sqs: "http://127.0.0.1:1" } }), {
        url: queue,
        awsService: "sqs",
        headers: [["X-Amz-Target", "AmazonSQS.SendMessage"]],
        body: Buffer.from("{"),
      });

      expect(response.status).toBe(400);
      expect(response.body.toString()).toContain("SerializationException");
    });

    it.each([
      [
        "a service without endpoint",
        { url: "https://states.eu-central-1.amazonaws.com/", awsService: "states" },
        /no local endpoint stands for the service "states"/,
      ],
      ["an action without translation", { url: queue, ...form("Action=AddPermission") }, /"AddPermission"/],
      ["a parameter without translation", { url: queue, ...form("Action=SendMessage&Foo=1") }, /"Foo"/],
    ])("fails when asked for %s", async (_, request, message) => {
      const host = hostWith({ serviceEndpoints: { sqs: "http://127.0.0.1:1" } });
      const attempt = (async () => fetchFrom(host, request))();

      await expect(attempt).rejects.toBeInstanceOf(NotEmulated);
      await expect(attempt).rejects.toThrow(message);
    });
  });
});
