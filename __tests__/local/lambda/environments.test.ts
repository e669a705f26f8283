import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { untilGone } from "../../e2e/support/processes";
import { afterAnswer, js, packageFolder, start } from "./start-function";

afterEach(() => jest.restoreAllMocks());

describe("execution environments", () => {
  it("are reused", async () => {
    const { invoke } = start(js("let n = 0; exports.handler = async () => (n += 1)"));

    const values = [];
    for (let n = 0; n < 3; n += 1) {
      values.push((await invoke()).value);
      await afterAnswer();
    }

    expect(values).toEqual([1, 2, 3]);
  });

  it("run one request at a time, several side by side", async () => {
    const { invoke } = start(
      js(
        "let n = 0; exports.handler = async () => { const at = ++n; await new Promise((r) => setTimeout(r, 200)); return [at, n, process.pid] }",
      ),
    );

    const results = await Promise.all([invoke(), invoke(), invoke(), invoke()]);

    expect(results.every(({ value: [before, after] }) => before === after)).toBe(true);
    expect(new Set(results.map(({ value }) => value[2])).size).toBeGreaterThan(1);
  });

  it("become as many as slow requests need", async () => {
    const meeting = mkdtempSync(join(tmpdir(), "headgate-meeting-"));
    const { invoke } = start({
      ...js(`const fs = require("node:fs");
        exports.handler = async () => {
          fs.writeFileSync(${JSON.stringify(meeting)} + "/" + process.pid, "");
          while (fs.readdirSync(${JSON.stringify(meeting)}).length < 12) await new Promise((r) => setTimeout(r, 20));
          return process.pid;
        };`),
      definition: { timeoutSeconds: 25 },
    });

    const results = await Promise.all(Array.from({ length: 12 }, () => invoke()));

    // Nobody leaves before the twelfth has come.
    expect(new Set(results.map(({ value }) => value)).size).toBe(12);
    rmSync(meeting, { recursive: true });
  }, 30_000);

  it("stay few when requests are short, however many come", async () => {
    let now = 0;
    // A busy machine would make them long.
    jest.spyOn(performance, "now").mockImplementation(() => {
      now += 0.001;
      return now;
    });
    const { invoke } = start(js("exports.handler = async () => process.pid"));

    const results = await Promise.all(Array.from({ length: 500 }, () => invoke()));

    const processes = new Set(results.map(({ value }) => value)).size;
    expect(processes).toBeLessThanOrEqual(2 * availableParallelism());
  }, 30_000);

  it("refuse more requests than the reserved concurrency", async () => {
    const { invoke } = start({
      ...js("exports.handler = () => new Promise((r) => setTimeout(r, 100))"),
      definition: { reservedConcurrency: 1 },
    });

    const [first, second] = await Promise.all([invoke(), invoke()]);
    const third = await invoke();

    expect([first?.status, second?.status, third.status]).toEqual([200, 429, 200]);
    expect(second?.value).toMatchObject({ Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  });

  it("take with them what they have started, also when they end by themselves", async () => {
    const pidFile = join(packageFolder, "pid");
    const { invoke } = start(
      js(`exports.handler = async () => {
        const { pid } = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
        require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(pid));
        process.exit(1);
      }`),
    );

    await invoke();

    await untilGone([Number(readFileSync(pidFile, "utf8"))]);
  }, 30_000);

  it("see Lambda's variables, their own, and none of the gateway's", async () => {
    process.env.SECRET_OF_THE_GATEWAY = "1";
    const { invoke } = start(
      {
        ...js("exports.handler = async () => ({ env: process.env, cwd: process.cwd(), send: typeof process.send })"),
        definition: { environment: { A: "deployed", B: "deployed" }, memorySizeMb: 256 },
      },
      { environment: { AWS_ENDPOINT_URL_SQS: "http://sqs" }, overrides: { fn: { environment: { B: "local" } } } },
    );

    const { value } = await invoke();

    delete process.env.SECRET_OF_THE_GATEWAY;
    expect(value.env).toMatchObject({
      A: "deployed",
      B: "local",
      AWS_ENDPOINT_URL_SQS: "http://sqs",
      AWS_REGION: "eu-central-1",
      AWS_LAMBDA_FUNCTION_NAME: "fn",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x",
      _HANDLER: "index.handler",
      _X_AMZN_TRACE_ID: "Root=1-2-3",
    });
    expect(value.env).not.toHaveProperty("SECRET_OF_THE_GATEWAY");
    expect(value.env).not.toHaveProperty("HOME");
    expect(value.cwd).toBe(value.env.LAMBDA_TASK_ROOT);
    expect(value.send).toBe("undefined");
  });

  it("find queues on localhost", async () => {
    const QUEUE_URL = "https://sqs.eu-central-1.amazonaws.com/111111111111/events";
    const { invoke } = start(
      { ...js("exports.handler = async () => process.env.QUEUE_URL"), definition: { environment: { QUEUE_URL } } },
      { environment: { AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:4100" } },
    );

    const { value } = await invoke();

    expect(value).toBe("http://127.0.0.1:4100/111111111111/events");
  });

  it("hand the handler a context", async () => {
    const { invoke } = start(js("exports.handler = async (e, c) => ({ ...c, left: c.getRemainingTimeInMillis() })"), {
      now: () => Date.UTC(2026, 0, 2),
    });

    const { value, requestId } = await invoke({}, { qualifier: "live" });

    expect(value).toMatchObject({
      awsRequestId: requestId,
      functionName: "fn",
      functionVersion: "$LATEST",
      memoryLimitInMB: "128",
      invokedFunctionArn: "arn:aws:lambda:eu-central-1:000000000000:function:fn:live",
      logGroupName: "/aws/lambda/fn",
      logStreamName: expect.stringMatching(/^2026\/01\/02\/\[\$LATEST\][0-9a-f]{32}$/),
      callbackWaitsForEmptyEventLoop: true,
    });
    expect(value.left).toBeGreaterThan(2000);
    expect(value.left).toBeLessThanOrEqual(3000);
  });

  it("get SIGTERM at shutdown", async () => {
    const { invoke, log, close } = start(
      js("process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); exports.handler = async () => 1"),
    );
    await invoke();

    await close();

    expect(log.at(-1)).toMatch(/\tINFO\tbye$/);
  });

  it("get SIGKILL when they do not heed SIGTERM", async () => {
    const { invoke, close } = start(js("process.on('SIGTERM', () => {}); exports.handler = async () => process.pid"));
    const { value } = await invoke();

    await close();

    expect(() => process.kill(value, 0)).toThrow("ESRCH");
  });
});
