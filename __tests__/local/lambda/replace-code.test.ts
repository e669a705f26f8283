import type { FunctionDefinition } from "../../../definition/function";
import { js, packageFolder, packageOf, start } from "./start-function";

const SHARED = { stackFolder: packageFolder, environment: {}, region: "eu-central-1" };

/** Answers its pid and what it is; with `{ "wait": true }` when somebody has sent SIGUSR2. */
const answering = (version: string) => ({
  "index.js": `
let timer;
const go = new Promise((resolve) => process.on("SIGUSR2", resolve)).then(() => clearInterval(timer));
exports.handler = async ({ wait }) => {
  console.log("pid " + process.pid);
  // Lambda ends a function whose event loop is empty.
  timer = setInterval(() => {}, 1000);
  if (wait) await go;
  clearInterval(timer);
  return { version: "${version}", pid: process.pid };
};`,
});

function startOld() {
  const started = start({ files: answering("old") });
  const { fn, functions } = started;
  const update = (changed: readonly Partial<FunctionDefinition>[], change: object = {}) =>
    functions.update({ ...SHARED, functions: changed.map((it) => ({ ...fn, ...it })), ...change });
  return { ...started, update, newCode: { packageFile: packageOf(answering("new")), sourceCodeHash: "new" } };
}

async function pidIn(log: readonly string[]): Promise<number> {
  for (;;) {
    const [, pid] = /^.*pid (\d+)$/m.exec(log.join("\n")) ?? [];
    if (pid !== undefined) return Number(pid);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function untilGone(pid: number): Promise<void> {
  try {
    for (;;) {
      process.kill(pid, 0);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } catch {
    return;
  }
}

describe("functions that change while they are called", () => {
  it("finish requests in work with the old code, and answer new ones with the new", async () => {
    const { invoke, log, update, newCode } = startOld();
    const inWork = invoke({ wait: true });
    const pid = await pidIn(log);

    update([newCode]);
    const next = await invoke();
    process.kill(pid, "SIGUSR2");

    expect(next.value.version).toBe("new");
    expect((await inWork).value).toEqual({ version: "old", pid });
    await expect(untilGone(pid)).resolves.toBeUndefined();
  });

  it("end processes of the old code that have nothing to do", async () => {
    const { invoke, update, newCode } = startOld();
    const { pid } = (await invoke()).value;

    update([newCode]);

    await expect(untilGone(pid)).resolves.toBeUndefined();
  });

  it("keep the processes of what has not changed", async () => {
    const { invoke, update } = startOld();
    const before = await invoke();

    update([{}, { name: "other" }]);

    expect((await invoke()).value).toEqual(before.value);
  });

  it.each([
    ["a variable of the stack", [{ environment: { COLOUR: "red" } }], {}],
    ["a variable of the local file", [{}], { overrides: { fn: { environment: { COLOUR: "red" } } } }],
    ["the address of a service", [{}], { environment: { AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1" } }],
  ])("run in new processes with another value for %s", async (_title, changed, change) => {
    const { invoke, update } = startOld();
    const before = await invoke();

    update(changed, change);

    expect((await invoke()).value.pid).not.toBe(before.value.pid);
  });

  it("answer no more when they are gone, after requests in work", async () => {
    const { invoke, log, update } = startOld();
    const inWork = invoke({ wait: true });
    const pid = await pidIn(log);

    update([]);
    process.kill(pid, "SIGUSR2");

    expect((await invoke()).status).toBe(404);
    expect((await inWork).value.version).toBe("old");
  });

  it("finish asynchronous requests with the old code", async () => {
    const { invoke, log, update, newCode } = startOld();
    await invoke({ wait: true }, { type: "Event" });
    const pid = await pidIn(log);

    update([newCode]);
    process.kill(pid, "SIGUSR2");
    await untilGone(pid);

    expect(log.filter((line) => line.startsWith("REPORT"))).toHaveLength(1);
  });

  it("end at once when all is closed", async () => {
    const { invoke, log, update, newCode, close } = startOld();
    const inWork = invoke({ wait: true });
    await pidIn(log);
    update([newCode]);

    await close();

    expect((await inWork).functionError).toBe("Unhandled");
  });

  it("find what was wrong with the code before put right", async () => {
    const { fn, functions, invoke } = start(js('throw new Error("broken");'));
    const broken = await invoke();

    functions.update({
      ...SHARED,
      functions: [{ ...fn, packageFile: packageOf(answering("mended")), sourceCodeHash: "m" }],
    });

    expect(broken.functionError).toBe("Unhandled");
    expect((await invoke()).value.version).toBe("mended");
  });
});
