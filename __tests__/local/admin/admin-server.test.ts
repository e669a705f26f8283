import { ConfigurationError } from "../../../definition/configuration-error";
import { jsonPage, listenAdmin } from "../../../local/admin/admin-server";
import type { RunningServer } from "../../../local/http/server";
import { exchangeBytes } from "../../support/raw-http";

describe("the admin port", () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await listenAdmin({ "/-/health": () => jsonPage({ status: "ok" }) }, 0);
  });

  afterAll(() => server.close());

  /** What comes back for a head of these lines. */
  const send = (...lines: readonly string[]) => exchangeBytes(server.port, `${lines.join("\r\n")}\r\n\r\n`);
  const own = () => `Host: 127.0.0.1:${server.port}`;

  it("serves its pages, as nothing but what they say they are", async () => {
    const answer = await send("GET /-/health?x=1 HTTP/1.1", own());

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain("Content-Type: application/json; charset=utf-8\r\n");
    expect(answer).toContain("X-Content-Type-Options: nosniff\r\n");
    expect(answer).toContain("Cross-Origin-Resource-Policy: same-origin\r\n");
    expect(answer).not.toMatch(/access-control/i);
    expect(answer.split("\r\n\r\n")[1]).toBe('{\n  "status": "ok"\n}\n');
  });

  it("listens on 127.0.0.1 alone", () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  });

  it.each(["localhost", "LOCALHOST:9090", "127.0.0.1", "[::1]:80"])("answers to the name %s", async (host) => {
    expect(await send("GET /-/health HTTP/1.1", `Host: ${host}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ["another name", ["Host: rebound.example.com"]],
    ["another name that begins as its own", ["Host: localhost.example.com"]],
    ["another name that ends as its own", ["Host: example.localhost"]],
    ["another address", ["Host: 192.168.0.1"]],
    ["a name with a user", ["Host: localhost@example.com"]],
    ["no name", ["Accept: */*"]],
    ["an empty name", ["Host: "]],
    ["two names", ["Host: localhost", "Host: example.com"]],
  ])("refuses %s with 403", async (_title, lines) => {
    const answer = await send("GET /-/health HTTP/1.1", ...lines);

    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain("nosniff");
    expect(answer).not.toContain("ok");
  });

  it("refuses HTTP/1.0 without a name with 403", async () => {
    expect(await send("GET /-/health HTTP/1.0")).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each(["https://example.com", "http://localhost:5173", "null", "http://127.0.0.1"])(
    "refuses pages of the origin %s with 403",
    async (origin) => {
      expect(await send("GET /-/health HTTP/1.1", own(), `Origin: ${origin}`)).toMatch(/^HTTP\/1\.1 403 /);
    },
  );

  it("refuses two origins with 403, though one is its own", async () => {
    const origin = `Origin: http://127.0.0.1:${server.port}`;

    expect(await send("GET /-/health HTTP/1.1", own(), origin)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await send("GET /-/health HTTP/1.1", own(), origin, "Origin: http://b.example")).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])("refuses %s with 405", async (verb) => {
    const answer = await send(`${verb} /-/health HTTP/1.1`, own(), "Content-Length: 0");

    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain("Allow: GET, HEAD\r\n");
  });

  it("refuses a foreign name before it says which verbs and pages there are", async () => {
    expect(await send("POST /-/nothing HTTP/1.1", "Host: a.example", "Content-Length: 0")).toMatch(/^HTTP\/1\.1 403 /);
  });

  it("answers HEAD without a body", async () => {
    const [head, body] = (await send("HEAD /-/health HTTP/1.1", own())).split("\r\n\r\n");

    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n(.+\r\n)*Content-Length: 21/);
    expect(body).toBe("");
  });

  it.each(["/", "/-/", "/-/health/", "/constructor", "/__proto__", "http://localhost/-/health"])(
    "answers 404 for %s, and names its pages",
    async (target) => {
      const answer = await send(`GET ${target} HTTP/1.1`, own());

      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).toContain("/-/health");
    },
  );

  it("answers what is no HTTP with 400, and goes on", async () => {
    expect(await send("what is this")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await send("GET /-/health HTTP/1.1", own())).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("fails when its port is in use", async () => {
    const refused = listenAdmin({}, server.port);

    await expect(refused).rejects.toBeInstanceOf(ConfigurationError);
    await expect(refused).rejects.toMatchObject({
      code: "PORT_IN_USE",
      message: expect.stringContaining("--admin-port"),
    });
  });
});
