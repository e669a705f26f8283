import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runHeadgate, startGateway } from "./support/headgate-process";

jest.setTimeout(60_000);

const PROJECT = join(__dirname, "..", "definition", "terraform", "hcl-project");

describe("headgate local --plan", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "headgate-plan-"));
    cpSync(PROJECT, folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(["plan.json", "state.json"])("serves %s of a project that knows nothing of Headgate", async (file) => {
    const gateway = await startGateway(["--plan", file, "--strict"], { cwd: folder });
    const ask = async (path: string, init?: RequestInit) => {
      const response = await fetch(`${gateway.url}${path}`, init);
      return [response.status, await response.json()];
    };

    expect(await ask("/live/ping")).toEqual([200, { pong: true }]);
    expect(await ask("/blue/orders/7")).toMatchObject([200, { greeting: "hello", id: "7", stage: "blue" }]);
    expect((await ask("/blue/orders/7", { method: "POST", headers: { Authorization: "no" } }))[0]).toBe(403);
    expect(await ask("/blue/orders/7", { method: "POST", headers: { Authorization: "let-me-in" } })).toMatchObject([
      200,
      { id: "7" },
    ]);
    const event = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"order":7}' };
    expect(await ask("/green/events", event)).toEqual([202, { accepted: true }]);
    expect(gateway.output()).not.toContain("very-secret");
    expect(gateway.output()).not.toContain("without a part in what is served");
    expect(gateway.output()).not.toContain("fails until there is");
    expect((await gateway.stop()).status).toBe(0);
  });

  it("names what is unknown where the configuration is not beside the plan, and serves the rest", async () => {
    const alone = mkdtempSync(join(tmpdir(), "headgate-plan-"));
    cpSync(join(PROJECT, "plan.json"), join(alone, "plan.json"));

    const gateway = await startGateway(["--plan", "plan.json"], { cwd: alone });
    const { status } = await fetch(`${gateway.url}/live/ping`);
    await gateway.printed(/function "\S+" fails until there is \S+\.zip/);
    await gateway.printed(/without a part in what is served \(plan\.json\): aws_sqs_queue\.events redrive_policy/);
    const strict = await runHeadgate(["local", "--port", "0", "--plan", "plan.json", "--strict"], { cwd: alone });

    expect(status).toBe(200);
    expect(gateway.output()).toContain("module.orders.aws_api_gateway_method.mock['GET_health']");
    expect(strict.stderr).toMatch(/^NOT_EMULATED: /);
    await gateway.stop();
    rmSync(alone, { recursive: true });
  });

  it.each([
    ["a plan in Terraform's own format", "PK\u0003\u0004", "PLAN_NOT_JSON"],
    ["a plan of nothing", '{"format_version":"1.2","planned_values":{"root_module":{}}}', "PLAN_WITHOUT_API"],
  ])("fails for %s, and says how to make the right one", async (_title, text, code) => {
    writeFileSync(join(folder, "wrong.json"), text);

    const { status, stderr } = await runHeadgate(["local", "--plan", "wrong.json"], { cwd: folder });

    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${code}: `));
    expect(stderr).not.toMatch(/^ {4,}at /m);
  });

  it("fails when a stack is asked for, too", async () => {
    const { status, stderr } = await runHeadgate(["local", "--plan", "plan.json", "--stack", "a"], { cwd: folder });

    expect(status).toBe(1);
    expect(stderr).toContain("cannot be used with option '--stack <name>'");
  });

  it("is tested with a plan that holds a secret", () => {
    expect(readFileSync(join(folder, "plan.json"), "utf8")).toContain("very-secret");
  });
});
