import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startUpstream, type Upstream } from "../../../local/services/upstream";

const parent = mkdtempSync(join(tmpdir(), "upstream-test-"));
let upstream: Upstream;

beforeAll(async () => {
  writeFileSync(join(parent, "secret.json"), '"secret"');
  const folder = mkdtempSync(join(parent, "files-"));
  writeFileSync(join(folder, "latest.json"), '{"base":"EUR"}');
  upstream = await startUpstream(folder);
});

afterAll(async () => {
  await upstream.close();
  rmSync(parent, { recursive: true });
});

describe("startUpstream", () => {
  it.each([
    ["GET", "/latest", 200, '{"base":"EUR"}'],
    ["GET", "/latest?base=EUR", 200, '{"base":"EUR"}'],
    ["HEAD", "/latest", 200, ""],
    ["GET", "/other", 404, '{"message":"Not Found"}'],
    ["GET", "/", 404, '{"message":"Not Found"}'],
    ["GET", "//", 404, '{"message":"Not Found"}'],
    ["GET", "/%2e%2e/secret", 404, '{"message":"Not Found"}'],
    ["GET", "/..%2fsecret", 404, '{"message":"Not Found"}'],
    ["POST", "/latest", 405, '{"message":"Method Not Allowed"}'],
  ])("answers %s %s with %d", async (method, path, status, body) => {
    const response = await fetch(`${upstream.url}${path}`, { method });

    expect({ status: response.status, body: await response.text() }).toEqual({ status, body });
    expect(response.headers.get("content-type")).toBe("application/json");
  });
});
