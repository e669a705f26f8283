import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Finished,
  type HeadgateOptions,
  REPOSITORY,
  type RunningGateway,
  runHeadgate,
  startGateway,
} from "./support/headgate-process";
import { createSmallProject, type SmallProject, type SmallProjectOptions } from "./support/small-project";

jest.setTimeout(60_000);

/** One message of a `ConfigurationError` and nothing else: no stack, no second error. */
function expectOneMessage({ status, stderr }: Finished, code: string, ...details: readonly string[]): void {
  expect(stderr).toMatch(new RegExp(`^${code}: `));
  for (const detail of details) expect(stderr).toContain(detail);
  expect(stderr).not.toMatch(/^ {4,}at /m);
  expect(stderr.match(/^ {2}fix: /gm)).toHaveLength(1);
  expect(status).toBe(1);
}

const local = (args: readonly string[], options: HeadgateOptions) =>
  runHeadgate(["local", "--port", "0", ...args], options);

describe("a project with mistakes", () => {
  const projects: SmallProject[] = [];
  const project = (options?: SmallProjectOptions) => {
    const created = createSmallProject(options);
    projects.push(created);
    return created;
  };

  afterAll(() => {
    for (const { remove } of projects) remove();
  });

  it.each<[title: string, files: Record<string, string>, code: string, ...details: string[]]>([
    ["a handler folder has no handler.ts", { "functions/empty/notes.md": "" }, "HANDLER_FILE_MISSING", "empty"],
    [
      "a handler does not compile",
      { "functions/good/handler.ts": "export const handler = (" },
      "HANDLER_DOES_NOT_COMPILE",
      "good/handler.ts",
    ],
    ["cdktf.json is no JSON", { "cdktf.json": "{" }, "CDKTF_JSON_INVALID", "is not JSON"],
    ["cdktf.json names no app", { "cdktf.json": "{}" }, "CDKTF_JSON_INVALID", '"app"'],
    [
      "headgate.local.json has an unknown property",
      { "headgate.local.json": '{"orgins":{}}' },
      "LOCAL_CONFIG_INVALID",
      "orgins",
    ],
  ])("fails when %s", async (_title, files, code, ...details) => {
    const { folder, write } = project();
    for (const [file, content] of Object.entries(files)) write(file, content);

    const finished = await local([], { cwd: folder });

    expectOneMessage(finished, code, ...details);
  });

  it.each<[title: string, main: string, code: string, ...details: string[]]>([
    ["the app throws", 'throw new Error("no such thing");', "SYNTH_FAILED", "no such thing", "main.ts"],
    ["the app writes nothing", "", "SYNTH_WROTE_NOTHING", "app.synth()"],
  ])("fails when %s", async (_title, main, code, ...details) => {
    const { folder, write } = project();
    write("main.ts", main);
    write("cdktf.json", JSON.stringify({ app: "node main.ts" }));

    const { status, stderr } = await local([], { cwd: folder });

    expect(stderr).toMatch(new RegExp(`^${code}: `));
    for (const detail of details) expect(stderr).toContain(detail);
    expect(stderr).not.toMatch(/^ +at .*node:/m);
    expect(status).toBe(1);
  });

  it("fails when a function of the stack has no handler folder", async () => {
    const { folder } = project({ bundles: ["good", "missing"] });

    const finished = await local([], { cwd: folder });

    expectOneMessage(finished, "BUNDLE_UNKNOWN", '"missing"');
  });

  it("fails when something is not emulated and --strict is given", async () => {
    const { folder } = project({
      bundles: [],
      routes: `api.root.addMethod("GET", new MockIntegration({ integrationResponses: [{ statusCode: "200", selectionPattern: "a++" }] }));`,
    });

    const finished = await local(["--strict"], { cwd: folder });

    expectOneMessage(finished, "NOT_EMULATED", "GET /v1/", "Invalid regular expression", "--strict");
  });

  it("fails when there is no cdktf.json", async () => {
    const finished = await local([], { cwd: join(__dirname) });

    expectOneMessage(finished, "CDKTF_JSON_MISSING");
  });

  it("fails when nothing is synthesized and nothing shall be", async () => {
    const { folder } = project();

    const finished = await local(["--no-synth"], { cwd: folder });

    expectOneMessage(finished, "SYNTH_OUTPUT_MISSING", "--no-synth");
  });

  it("fails when sources shall be followed that nothing is made of", async () => {
    const { folder } = project();

    const finished = await local(["--watch", "--no-synth"], { cwd: folder });

    expectOneMessage(finished, "WATCH_WITHOUT_SYNTH", "--no-synth");
  });

  it("fails when the environment has an unknown name", async () => {
    const { folder } = project();

    const finished = await local([], { env: { ENVIRONMENT: "qa", CDKTF_OUTDIR: join(folder, "cdktf.out") } });

    expectOneMessage(finished, "UNKNOWN_ENVIRONMENT", '"qa"', "dev, staging, prod");
  });
});

describe("a project with warnings", () => {
  let project: SmallProject;

  beforeAll(() => {
    const other = `new RestApi(new HeadgateStack(app, "small-prod", { region: "eu-wst-1" }), "Api").root.addMethod("GET");`;
    const sameThere = other.replace("small-prod", "small-qa");
    project = createSmallProject({ bundles: [], routes: `${other}\n${sameThere}` });
  });

  afterAll(() => project.remove());

  const WARNING =
    /^warning {2}REGION_UNKNOWN: .*"eu-wst-1".*\n {2}at small-prod, and the same in small-qa\n {2}fix: .*$/gm;

  it("prints them once with headgate synth, and succeeds", async () => {
    const { status, stderr, stdout } = await runHeadgate(["synth"], { cwd: project.folder });

    expect(stderr.match(WARNING)).toHaveLength(1);
    expect(stderr.match(/REGION_UNKNOWN/g)).toHaveLength(1);
    expect(stdout).toContain("small-prod  cdktf.out/stacks/small-prod");
    expect(status).toBe(0);
  });

  it("prints them once with headgate local, and serves", async () => {
    const gateway = await startGateway(["--stack", "small-dev"], { cwd: project.folder });

    const { stderr } = await gateway.stop();

    expect(stderr.match(WARNING)).toHaveLength(1);
    expect(gateway.output().match(/REGION_UNKNOWN/g)).toHaveLength(1);
  });
});

describe("the command", () => {
  it("says its version", async () => {
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));

    const { status, stdout } = await runHeadgate(["--version"], { cwd: __dirname });

    expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
  });
});

describe("a project that is served", () => {
  let project: SmallProject;
  let gateway: RunningGateway;

  beforeAll(async () => {
    project = createSmallProject();
    gateway = await startGateway([], { cwd: project.folder });
  });

  afterAll(() => project.remove());

  const get = async (path: string) => {
    const response = await fetch(`${gateway.url}/v1${path}`);
    return { status: response.status, text: await response.text() };
  };
  const refused = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runHeadgate(["local", "--no-synth", ...args], { cwd: project.folder, env });

  it("answers 502 for a function that throws at import, again and again, and goes on", async () => {
    const answers = [await get("/broken"), await get("/broken"), await get("/good"), await get("/health")];

    expect(answers).toEqual([
      { status: 502, text: '{"message": "Internal server error"}' },
      { status: 502, text: '{"message": "Internal server error"}' },
      { status: 200, text: "fine" },
      { status: 200, text: '{"status": "ok"}' },
    ]);
    expect(gateway.output()).toMatch(/^small-dev-broken \| .*"errorMessage":"no configuration"/m);
  });

  it("fails when the port is in use", async () => {
    const { port } = new URL(gateway.url);

    const finished = await refused(["--port", port]);

    expectOneMessage(finished, "PORT_IN_USE", port, "--port");
    expect((await get("/health")).status).toBe(200);
  });

  it("fails when PORT is no port", async () => {
    const finished = await refused([], { PORT: "http" });

    expectOneMessage(finished, "PORT_INVALID", '"http"');
  });

  it("fails when the stack is unknown", async () => {
    const finished = await refused(["--port", "0", "--stack", "small-prod"]);

    expectOneMessage(finished, "STACK_UNKNOWN", '"small-prod"', "small-dev");
  });

  it("fails when the synthesized stack is broken", async () => {
    project.write("cdktf.out/stacks/small-dev/cdk.tf.json", '{ "resource": ');

    const finished = await refused(["--port", "0"]);

    expectOneMessage(finished, "STACK_FILE_NOT_JSON", "cdk.tf.json");
  });

  it("ends with status 0 at Ctrl-C", async () => {
    const { status, stderr } = await gateway.stop("SIGINT");

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    await expect(get("/health")).rejects.toThrow("fetch failed");
  });
});
