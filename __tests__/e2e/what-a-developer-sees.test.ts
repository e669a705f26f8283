import { exchangeBytes } from "../support/raw-http";
import { type RunningGateway, runHeadgate, startGateway } from "./support/headgate-process";
import { createSmallProject, type SmallProject } from "./support/small-project";

jest.setTimeout(60_000);

/** A second stage, which lets few requests pass. */
const ROUTES = `
  api.addStage("V2", { stageName: "v2", throttlingRateLimit: 1, throttlingBurstLimit: 1 });
`;

let project: SmallProject;

beforeAll(async () => {
  project = createSmallProject({ bundles: ["good"], routes: ROUTES });
  const { status, stderr } = await runHeadgate(["synth"], { cwd: project.folder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

afterAll(() => project.remove());

const local = (...args: readonly string[]) => startGateway(["--no-synth", ...args], { cwd: project.folder });

describe("headgate local", () => {
  it("shows a line for each request, with what a function printed, and no colours where no terminal is", async () => {
    const gateway = await local();

    await fetch(`${gateway.url}/v1/good?x=1`);
    await fetch(`${gateway.url}/v1/nowhere/%1b[2J`);
    await gateway.printed(/^GET {6}200 {2} +\d+ ms {2}\/v1\/good$/m);
    await gateway.printed(
      /^GET {6}403 {2} +\d+ ms {2}\/v1\/nowhere\/%1b\[2J {2}Missing Authentication Token; no route/m,
    );
    await gateway.printed(/^small-dev-good \| REPORT RequestId: /m);
    const { status } = await gateway.stop();

    expect(status).toBe(0);
    expect(gateway.output()).not.toContain("\u001b");
  });

  it("says everything as JSON with --log json", async () => {
    const gateway = await local("--log", "json");

    await fetch(`${gateway.url}/v1/good`);
    await gateway.printed(/"kind":"function".*REPORT RequestId/);
    const { stdout, stderr } = await gateway.stop();

    const entries = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const kinds = new Set(entries.map(({ kind }) => kind));
    expect(stderr).toBe("");
    expect([...kinds].sort()).toEqual(["function", "request", "started"]);
    expect(entries.find(({ kind }) => kind === "started")).toMatchObject({
      stack: "small-dev",
      stages: [`${gateway.url}/v1`, `${gateway.url}/v2`],
      admin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      runtimes: expect.any(Array),
    });
    expect(entries.find(({ kind }) => kind === "request")).toMatchObject({
      httpMethod: "GET",
      path: "/v1/good",
      status: 200,
      route: { httpMethod: "GET", resourcePath: "/good" },
      latencyMillis: expect.any(Number),
    });
  });

  it("writes what bundling and synthesis say as JSON, too", async () => {
    const gateway = await startGateway(["--log", "json"], { cwd: project.folder });

    const { stdout } = await gateway.stop();

    const kinds = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).kind);
    expect([...new Set(kinds)]).toEqual(["note", "started"]);
  });

  it("fails when the format of the log is unknown", async () => {
    const { status, stderr } = await runHeadgate(["local", "--log", "xml"], { cwd: project.folder });

    expect(status).toBe(1);
    expect(stderr).toContain("pretty, json");
  });

  it("listens where it is told, and lets all requests pass with --no-throttle", async () => {
    const gateway = await local("--host", "localhost", "--no-throttle");

    const asked = Array.from({ length: 20 }, () => statusOf(`${gateway.url}/v2/health`));
    const statuses = new Set(await Promise.all(asked));
    await gateway.stop();

    expect(gateway.url).toMatch(/^http:\/\/localhost:\d+$/);
    expect([...statuses]).toEqual([200]);
  });

  it("fails when the address is none of this machine", async () => {
    const args = ["local", "--no-synth", "--port", "0", "--host", "192.0.2.1"];

    const { status, stderr } = await runHeadgate(args, { cwd: project.folder });

    expect(stderr).toMatch(/^CANNOT_LISTEN: .*\n {2}at 192\.0\.2\.1:0\n {2}fix: .*--host.*\n$/);
    expect(status).toBe(1);
  });

  it("serves the stages that are named, alone", async () => {
    const gateway = await local("--stage", "v2");

    const statuses = await Promise.all(["v1", "v2"].map(async (stage) => statusOf(`${gateway.url}/${stage}/health`)));
    await gateway.stop();

    expect(statuses).toEqual([403, 200]);
    expect(gateway.output()).not.toMatch(/^ {2}GET +\/v1/m);
  });

  it("fails when a stage is unknown", async () => {
    const { status, stderr } = await runHeadgate(["local", "--no-synth", "--stage", "v2,v3"], {
      cwd: project.folder,
    });

    expect(stderr).toMatch(/^STAGE_NOT_THERE: .*"v3"\n.*\n {2}fix: use v1, v2\n$/);
    expect(status).toBe(1);
  });
});

describe("the admin port of a gateway", () => {
  let gateway: RunningGateway;
  let admin: string;

  beforeAll(async () => {
    gateway = await local();
    [, admin = ""] = await gateway.printed(/^ {2}(http:\/\/127\.0\.0\.1:\d+)\/-\/metrics$/m);
  });

  afterAll(async () => {
    await gateway.stop();
  });

  it("counts requests, errors and throttles", async () => {
    const paths = ["/v1/good", "/v1/nowhere", ...Array.from({ length: 20 }, () => "/v2/health")];
    await Promise.all(paths.map((path) => fetch(`${gateway.url}${path}`)));

    const metrics = await (await fetch(`${admin}/-/metrics`)).text();

    expect(metrics).toContain('headgate_count_total{api="small",stage="v1",method="GET",resource="/good"} 1\n');
    expect(metrics).toContain('headgate_4xx_error_total{api="small",stage="v1",method="",resource=""} 1\n');
    expect(metrics).toMatch(/^headgate_throttle_count_total\{.*stage="v2",.*resource="\/health"\} [1-9]/m);
    expect(metrics).toMatch(/^headgate_integration_latency_seconds_count\{.*resource="\/good"\} 1$/m);
  });

  it("shows the routes of all stages", async () => {
    const { routes } = await (await fetch(`${admin}/-/routes`)).json();

    expect(routes).toHaveLength(4);
    expect(routes).toContainEqual(
      expect.objectContaining({ stage: "v2", localPath: "/v2/good", throttle: { rateLimit: 1, burstLimit: 1 } }),
    );
  });

  it("is not served on the gateway's own port, and refuses names of elsewhere", async () => {
    const { port } = new URL(admin);

    expect(await statusOf(`${gateway.url}/-/metrics`)).toBe(403);
    expect(await exchangeBytes(Number(port), "GET /-/routes HTTP/1.1\r\nHost: rebound.example\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 403 /,
    );
  });

  it("fails when its port is in use", async () => {
    const { port } = new URL(admin);

    const { status, stderr } = await runHeadgate(["local", "--no-synth", "--port", "0", "--admin-port", port], {
      cwd: project.folder,
    });

    expect(stderr).toMatch(/^PORT_IN_USE: .*\n.*\n {2}fix: .*--admin-port.*\n$/);
    expect(status).toBe(1);
  });
});

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}
