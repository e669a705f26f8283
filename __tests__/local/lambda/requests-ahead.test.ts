import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { js, start } from "./start-function";

/** The timeout of a function that lets its requests wait. */
const PATIENCE_SECONDS = 5;

const folder = mkdtempSync(join(tmpdir(), "headgate-ahead-"));

beforeEach(() => {
  let now = 0;
  // On a busy machine requests would take too long to be sent ahead.
  jest.spyOn(performance, "now").mockImplementation(() => {
    now += 0.001;
    return now;
  });
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

type Invoke = ReturnType<typeof start>["invoke"];

/** So many quick requests that the next ones are sent ahead. */
async function warmUp(invoke: Invoke): Promise<void> {
  for (let index = 0; index < 30; index++) await invoke({});
}

const many = (count: number, call: (index: number) => ReturnType<Invoke>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)));

/** A handler that notes what it begins, so that a test can tell how often. */
const noting = (name: string, body: string) => {
  const file = join(folder, name);
  const source = `const { appendFileSync } = require("node:fs");
    let inWork = 0;
    exports.handler = async (event) => {
      if (event.id !== undefined) appendFileSync(${JSON.stringify(file)}, event.id + "\\n");
      inWork += 1;
      const together = inWork;
      ${body}
      inWork -= 1;
      return { together, pid: process.pid };
    };`;
  const begun = () =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map(Number)
      .sort((a, b) => a - b);
  return { code: js(source), begun };
};

const ids = (count: number) => Array.from({ length: count }, (_, id) => id);

describe("requests that are sent ahead", () => {
  it("are done one at a time, each once, by few processes", async () => {
    const { code, begun } = noting("each", "");
    const { invoke } = start(code);
    await warmUp(invoke);

    const results = await many(200, (id) => invoke({ id }));

    expect(results.every(({ value }) => value.together === 1)).toBe(true);
    expect(begun()).toEqual(ids(200));
  });

  it.each([
    ["never answers", "if (event.id === 0) await new Promise((r) => setTimeout(r, 60_000));"],
    [
      "stops its process for a while",
      "if (event.id === 0) { const end = Date.now() + 900; while (Date.now() < end); }",
    ],
    ["loops without end", "if (event.id === 0) while (true);"],
  ])(
    "are done elsewhere, and once, when the one before them %s",
    async (name, body) => {
      const { code, begun } = noting(name, body);
      const { invoke } = start({ ...code, definition: { timeoutSeconds: PATIENCE_SECONDS } });
      await warmUp(invoke);

      const slow = invoke({ id: 0 });
      const startedAt = Date.now();
      const results = await many(30, (index) => invoke({ id: index + 1 }));

      expect(results.every(({ functionError }) => functionError === undefined)).toBe(true);
      expect(Date.now() - startedAt).toBeLessThan((PATIENCE_SECONDS - 0.5) * 1000);
      await slow;
      expect(begun()).toEqual(ids(31));
    },
    20_000,
  );

  it("outlive the process that had them", async () => {
    const { code, begun } = noting("exit", "if (event.id === 5) process.exit(1);");
    const { invoke } = start(code);
    await warmUp(invoke);

    const results = await many(40, (id) => invoke({ id }));

    expect(results.flatMap(({ functionError }, id) => (functionError ? [id] : []))).toEqual([5]);
    expect(begun()).toEqual(ids(40));
  }, 20_000);

  it("have lines of the log in their order", async () => {
    const { invoke, log } = start(js("exports.handler = async (event) => console.log('work', event.id)"));
    await warmUp(invoke);
    log.splice(0);

    await many(20, (id) => invoke({ id }));
    await new Promise((resolve) => setImmediate(resolve));

    const starts = log.filter((line) => line.startsWith("START"));
    const ends = log.filter((line) => line.startsWith("REPORT"));
    expect(starts).toHaveLength(20);
    expect(ends.length).toBeGreaterThanOrEqual(19);
  });
});

describe("what a request leaves behind", () => {
  it.each([
    ["an error that nobody catches", "throw new Error('left behind')"],
    ["a promise that nobody catches", "Promise.reject(new Error('left behind'))"],
  ])("costs no other one when it is %s", async (_, leave) => {
    const { invoke, log } = start(
      js(`let isNextUnderWay = false;
      exports.handler = async ({ leaves }) => {
        if (leaves) {
          const waiting = setInterval(() => {
            if (!isNextUnderWay) return;
            clearInterval(waiting);
            ${leave};
          }, 5);
        } else {
          isNextUnderWay = true;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return process.pid;
      }`),
    );
    const first = await invoke({ leaves: true });

    const during = await invoke({});
    const after = await invoke({});

    expect([during.functionError, after.functionError]).toEqual([undefined, undefined]);
    expect(during.value).toBe(first.value);
    expect(after.value).not.toBe(first.value);
    expect(log.find((line) => line.includes("left behind"))).toContain(first.requestId);
  });
});
