import { connect } from "node:net";
import { listen, type RunningServer } from "../../../local/http/server";
import { gatewayFor, method, mock } from "../../support/gateway";
import { exchangeBytes, leaveEarly } from "../../support/raw-http";

describe("a connection", () => {
  let server: RunningServer;

  beforeAll(async () => {
    const gateway = gatewayFor({
      methods: [method({ integration: mock("got") }), method({ httpMethod: "POST", integration: mock("posted") })],
    });
    const handle: typeof gateway.handle = async (request) => {
      // Long enough for the server to learn of all that the client does in the meantime.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      return gateway.handle(request);
    };
    server = await listen({ ...gateway, handle }, { port: 0, host: "127.0.0.1" });
  });

  afterAll(() => server.close());

  const GET = "GET /v1/things HTTP/1.1\r\nHost: h\r\n\r\n";
  const LAST = "GET /v1/things HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  const POST = "POST /v1/things HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}";
  const startLines = (received: string) => received.match(/HTTP\/1\.1 \d{3}/g)?.map((line) => line.slice(-3));

  it.each<[string, string, readonly string[]]>([
    ["the answers of all requests before what is no HTTP", `${GET}${GET}nonsense\r\n\r\n`, ["200", "200", "400"]],
    [
      "one refusal of a request whose body breaks off",
      `${GET}POST /v1/things HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      ["200", "400"],
    ],
    ["a refusal of CONNECT", `${GET}CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n`, ["200", "400"]],
    ["100 Continue at its place", `${GET}${POST}${LAST}`, ["200", "100", "200", "200"]],
  ])("gets %s", async (_, bytes, statuses) => {
    const received = await exchangeBytes(server.port, bytes);

    expect(startLines(received)).toEqual(statuses);
  });

  it("may be cut behind CONNECT, before its answers are written", async () => {
    for (let round = 0; round < 20; round++) {
      await leaveEarly(server.port, `${GET.repeat(20)}CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n`);
    }

    expect(startLines(await exchangeBytes(server.port, LAST))).toEqual(["200"]);
  });

  it("gets its answer when the client has said all and closed its side", async () => {
    const received = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
      let text = "";
      socket.setEncoding("latin1").on("data", (chunk: string) => {
        text += chunk;
      });
      socket.on("end", () => resolve(text));
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
      socket.end(GET);
    });

    expect(startLines(received)).toEqual(["200"]);
    expect(received).toMatch(/got$/);
  });
});
