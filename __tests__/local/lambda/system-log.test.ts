import { nodeOptionsOf, runtimeDifferences } from "../../../local/lambda/node-runtime";
import { jsonLog, TEXT_LOG } from "../../../local/lambda/system-log";
import { afterAnswer, js, start } from "./start-function";

const REPORT = { requestId: "ID", succeeded: true, millis: 1.23456, memorySizeMb: 128, maxMemoryMb: 70 };
const now = () => Date.UTC(2026, 0, 2);

describe("Lambda's own lines", () => {
  it("are START, END and REPORT", () => {
    const lines = [...TEXT_LOG.start("ID"), ...TEXT_LOG.end({ ...REPORT, initMillis: 100.5 }), ...TEXT_LOG.end(REPORT)];

    expect(lines).toEqual([
      "START RequestId: ID Version: $LATEST",
      "END RequestId: ID",
      "REPORT RequestId: ID\tDuration: 1.23 ms\tBilled Duration: 102 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tInit Duration: 100.50 ms",
      "END RequestId: ID",
      "REPORT RequestId: ID\tDuration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB",
    ]);
  });

  it("are objects in a log of JSON", () => {
    const log = jsonLog("INFO", now);

    const entries = [...log.start("ID"), ...log.end(REPORT)].map((line) => JSON.parse(line));

    const time = "2026-01-02T00:00:00.000Z";
    expect(entries).toEqual([
      { time, type: "platform.start", record: { requestId: "ID", version: "$LATEST" } },
      {
        time,
        type: "platform.report",
        record: {
          requestId: "ID",
          metrics: { durationMs: 1.235, billedDurationMs: 2, memorySizeMB: 128, maxMemoryUsedMB: 70 },
          status: "success",
        },
      },
    ]);
  });

  it.each([
    ["DEBUG", true, ["start", "runtimeDone", "report"]],
    ["WARN", true, []],
    ["WARN", false, ["runtimeDone", "report"]],
  ])("follow the level %s where success is %s", (level, succeeded, expected) => {
    const log = jsonLog(level, now);

    const types = [...log.start("ID"), ...log.end({ ...REPORT, succeeded })].map((line) => JSON.parse(line).type);

    expect(types).toEqual(expected.map((type) => `platform.${type}`));
  });
});

describe("a log of JSON", () => {
  it("has console's values as they are, with the errors among them taken apart", async () => {
    const code = js(`exports.handler = async () => {
      console.log({ order: 1 });
      console.warn("two %s", "texts", new TypeError("bad"));
      console.error(new RangeError("alone"));
      const round = {}; round.round = round; console.log(round);
      throw new Error("last");
    }`);
    const { invoke, log } = start({ ...code, definition: { jsonLog: {} } });

    const { requestId } = await invoke();
    await afterAnswer();

    const entries = log.map((line) => JSON.parse(line));
    expect(entries.map(({ level, type }) => level ?? type)).toEqual([
      "platform.start",
      "INFO",
      "WARN",
      "ERROR",
      "INFO",
      "ERROR",
      "platform.runtimeDone",
      "platform.report",
    ]);
    expect(entries.slice(1, 6)).toMatchObject([
      { requestId, message: { order: 1 } },
      { message: expect.stringMatching(/^two texts TypeError: bad/), errorType: "TypeError", errorMessage: "bad" },
      { message: { errorType: "RangeError", errorMessage: "alone", stackTrace: expect.any(Array) } },
      { message: expect.stringContaining("[Circular") },
      { message: { errorType: "Error", errorMessage: "last" } },
    ]);
  });

  it("leaves out what is below its level", async () => {
    const code = js("exports.handler = async () => { console.info('a'); console.warn('b') }");
    const { invoke, log } = start({
      ...code,
      definition: { jsonLog: { applicationLogLevel: "WARN", systemLogLevel: "WARN" } },
    });

    await invoke();
    await afterAnswer();

    expect(log.map((line) => JSON.parse(line).message)).toEqual(["b"]);
  });
});

describe("the local Node.js", () => {
  const fn = (name: string, runtime: string) => ({
    address: name,
    name,
    runtime,
    memorySizeMb: 128,
    timeoutSeconds: 3,
    environment: {},
    aliases: [],
  });

  it("is compared with each declared runtime, older or newer", () => {
    const functions = [fn("a", "nodejs22.x"), fn("b", "nodejs18.x"), fn("c", "nodejs22.x"), fn("d", "python3.13")];

    expect(runtimeDifferences([...functions, fn("e", "nodejs20.x")], "20.19.0")).toEqual([
      "nodejs18.x is declared, and Node.js 20.19.0 runs it here: b",
      "nodejs22.x is declared, and Node.js 20.19.0 runs it here: a, c",
    ]);
  });

  it("is told with the first of many functions", () => {
    const functions = ["a", "b", "c", "d", "e"].map((name) => fn(name, "nodejs22.x"));

    expect(runtimeDifferences(functions.slice(0, 4), "20.19.0")[0]).toMatch(/here: a, b, c, d$/);
    expect(runtimeDifferences(functions, "20.19.0")[0]).toMatch(/here: a, b, c and 2 others$/);
  });

  it("loses what Lambda switches off, unless the function wants it", () => {
    const option = "--no-experimental-require-module";

    expect(nodeOptionsOf(fn("a", "nodejs20.x"))).toEqual(
      process.allowedNodeEnvironmentFlags.has(option) ? [option] : [],
    );
    expect(nodeOptionsOf(fn("a", "nodejs20.x"), "--experimental-require-module")).toEqual([]);
    expect(nodeOptionsOf(fn("a", "nodejs24.x"))).toEqual([]);
  });
});
