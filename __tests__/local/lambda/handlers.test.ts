import { writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Code, js, packageFolder, start } from "./start-function";

describe("handler styles", () => {
  const rows: [title: string, code: Code, expected: unknown][] = [
    ["async", js("exports.handler = async (e) => ({ got: e.n })"), { got: 1 }],
    ["callback", js("exports.handler = (e, c, done) => setTimeout(() => done(null, e.n), 5)"), 1],
    ["context.succeed", js("exports.handler = (e, c) => c.succeed({ got: e.n })"), { got: 1 }],
    [
      "context.succeed while the event loop has work",
      js("exports.handler = (e, c) => { setTimeout(() => {}, 10_000); c.succeed(e.n) }"),
      1,
    ],
    ["context.done", js("exports.handler = (e, c) => c.done(null, e.n)"), 1],
    [
      "no methods to answer by, from Node.js 24 on",
      {
        ...js("exports.handler = async (e, c) => [typeof c.done, typeof c.fail]"),
        definition: { runtime: "nodejs24.x" },
      },
      ["undefined", "undefined"],
    ],
    ["undefined result", js("exports.handler = async () => {}"), null],
    ["neither promise nor callback", js("exports.handler = () => 5"), null],
    ["a promise that never settles", js("exports.handler = () => new Promise(() => {})"), null],
    ["a file without an extension", { files: { index: "exports.handler = async (e) => e.n" } }, 1],
    [
      "the default export of an ES module",
      { files: { "index.mjs": "export default async (e) => e.n" }, definition: { handler: "index.default" } },
      1,
    ],
    [
      "a method without its object",
      {
        ...js("'use strict'; exports.app = { async run() { return typeof this } }"),
        definition: { handler: "index.app.run" },
      },
      "undefined",
    ],
    ["ES module", { files: { "index.mjs": "export const handler = async (e) => e.n" } }, 1],
    [
      "ES module by package.json",
      { files: { "index.js": "export const handler = async (e) => e.n", "package.json": '{"type":"module"}' } },
      1,
    ],
    ["top-level await", { files: { "index.mjs": "const n = await 7; export const handler = async () => n" } }, 7],
    ["explicit CommonJS", { files: { "index.cjs": "exports.handler = async (e) => e.n" } }, 1],
    [
      "nested file and export",
      {
        files: { "src/api/app.js": "exports.routes = { get: async (e) => e.n }" },
        definition: { handler: "src/api/app.routes.get" },
      },
      1,
    ],
  ];

  it.each(rows)("runs %s", async (_title, code, expected) => {
    const { invoke } = start(code);

    const result = await invoke({ n: 1 });

    expect(result).toMatchObject({ status: 200, value: expected });
    expect(result.functionError).toBeUndefined();
  });

  it("waits for the event loop after a callback, unless the handler says otherwise", async () => {
    const { invoke } = start(
      js(`exports.handler = (e, c, done) => {
        c.callbackWaitsForEmptyEventLoop = e.wait;
        setTimeout(() => {}, 2000);
        done(null, 1);
      }`),
    );

    await invoke({ wait: false });
    const startedAt = performance.now();
    await invoke({ wait: false });
    const impatientMillis = performance.now() - startedAt;
    await invoke({ wait: true });
    const patientMillis = performance.now() - startedAt - impatientMillis;

    expect(impatientMillis).toBeLessThan(1_900);
    expect(patientMillis).toBeGreaterThanOrEqual(1_900);
  });
});

describe("errors", () => {
  const rows: [title: string, code: Code, expected: object][] = [
    [
      "a rejected promise",
      js("exports.handler = async () => { throw new TypeError('bad') }"),
      { errorType: "TypeError", errorMessage: "bad", trace: expect.arrayContaining(["TypeError: bad"]) },
    ],
    ["a thrown string", js("exports.handler = () => { throw 'bad' }"), { errorType: "string", errorMessage: "bad" }],
    [
      "an error given to the callback",
      js("exports.handler = (e, c, done) => done(new Error('bad'))"),
      { errorType: "Error", errorMessage: "bad" },
    ],
    [
      "an error given to the callback while the event loop has work",
      js("exports.handler = (e, c, done) => { setTimeout(() => {}, 10_000); done('bad') }"),
      { errorType: "string", errorMessage: "bad" },
    ],
    ["context.fail without a reason", js("exports.handler = (e, c) => c.fail()"), { errorMessage: "handled" }],
    [
      "an async function that can never return",
      js("exports.handler = async () => { await new Promise(() => {}) }"),
      { errorType: "Runtime.NodeJsExit" },
    ],
    [
      "a callback where the runtime takes none",
      { ...js("exports.handler = (e, c, done) => done()"), definition: { runtime: "nodejs24.x" } },
      { errorType: "Runtime.CallbackHandlerDeprecated" },
    ],
    ["context.fail", js("exports.handler = (e, c) => c.fail('bad')"), { errorType: "string", errorMessage: "bad" }],
    [
      "a late error",
      js("exports.handler = () => new Promise(() => setTimeout(() => { throw new RangeError('late') }, 1))"),
      { errorType: "RangeError", errorMessage: "late" },
    ],
    [
      "an unhandled rejection",
      js(
        "exports.handler = () => { Promise.reject(new Error('lost')); return new Promise((r) => setTimeout(r, 1000)) }",
      ),
      { errorType: "Runtime.UnhandledPromiseRejection", errorMessage: "Error: lost" },
    ],
    [
      "process.exit",
      js("exports.handler = async () => process.exit(0)"),
      {
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: ID Error: Runtime exited without providing a reason",
      },
    ],
    [
      "process.exit with a status",
      js("exports.handler = async () => process.exit(3)"),
      { errorType: "Runtime.ExitError", errorMessage: "RequestId: ID Error: Runtime exited with error: exit status 3" },
    ],
    [
      "an endless loop",
      { ...js("exports.handler = async () => { for (;;); }"), definition: { timeoutSeconds: 1 } },
      { errorType: "Sandbox.Timedout", errorMessage: "RequestId: ID Error: Task timed out after 1.00 seconds" },
    ],
    [
      "memory outside of the heap without end",
      js("exports.handler = async () => { const all = []; for (;;) all.push(Buffer.alloc(4e6, 1)) }"),
      {
        errorType: "Runtime.OutOfMemory",
        errorMessage: "RequestId: ID Error: Runtime exited with error: signal: killed",
      },
    ],
    [
      "a heap without end",
      { ...js("exports.handler = async () => { const all = []; for (;;) all.push({ n: all.length }) }") },
      { errorMessage: expect.stringMatching(/signal: (aborted|killed)$/) },
    ],
    [
      "a result that is no JSON",
      js("exports.handler = async () => { const a = {}; a.a = a; return a }"),
      { errorMessage: "Unable to stringify response body" },
    ],
    [
      "a result over 6 MB",
      js("exports.handler = async () => 'x'.repeat(6291556)"),
      {
        errorType: "Function.ResponseSizeTooLarge",
        errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
      },
    ],
    [
      "a module that throws at import",
      js("throw new Error('no database')"),
      { errorType: "Error", errorMessage: "no database" },
    ],
    [
      "a missing module",
      js("require('left-out')"),
      {
        errorType: "Runtime.ImportModuleError",
        errorMessage: expect.stringMatching(/^Error: Cannot find module 'left-out'\nRequire stack:/),
      },
    ],
    [
      "a missing file",
      { files: { "other.js": "" } },
      {
        errorType: "Runtime.ImportModuleError",
        errorMessage: expect.stringMatching(/^Error: Cannot find module 'index'/),
      },
    ],
    [
      "a syntax error",
      js("exports.handler = async () => {"),
      { errorType: "Runtime.UserCodeSyntaxError", errorMessage: "SyntaxError: Unexpected end of input" },
    ],
    [
      "a missing export",
      js("exports.other = 1"),
      { errorType: "Runtime.HandlerNotFound", errorMessage: "index.handler is undefined or not exported" },
    ],
    [
      "an export that is no function",
      js("exports.handler = 1"),
      { errorType: "Runtime.HandlerNotFound", errorMessage: "index.handler is not a function" },
    ],
    [
      "a handler name that leaves the package",
      { ...js(""), definition: { handler: "../index.handler" } },
      {
        errorType: "Runtime.MalformedHandlerName",
        errorMessage: expect.stringMatching(/^'\.\.\/index\.handler' is not a valid handler name/),
      },
    ],
    [
      "an ES module that CommonJS asks for",
      { files: { "index.js": "require('./other.mjs')", "other.mjs": "export const n = 1" } },
      { errorType: "Error", errorMessage: expect.stringMatching(/require\(\) of ES Module .* not supported/) },
    ],
    [
      "a malformed handler name",
      { ...js(""), definition: { handler: "index" } },
      { errorType: "Runtime.MalformedHandlerName", errorMessage: "Bad handler" },
    ],
  ];

  it.each(rows)("answers %s in Lambda's words", async (_title, code, expected) => {
    const { invoke } = start(code);

    const { status, functionError, value, requestId } = await invoke();

    expect({ status, functionError }).toEqual({ status: 200, functionError: "Unhandled" });
    const masked = { ...value, errorMessage: value.errorMessage.replace(requestId, "ID") };
    expect(masked).toMatchObject(expected);
  });

  it("costs the request that failed and no other", async () => {
    const { invoke } = start(
      js(
        "exports.handler = async (e) => { if (e.exit) process.exit(1); await new Promise((r) => setTimeout(r, 50)); return e.n }",
      ),
    );

    const results = await Promise.all([invoke({ n: 1 }), invoke({ exit: true }), invoke({ n: 3 }), invoke({ n: 4 })]);
    const after = await invoke({ n: 5 });

    expect(results.map(({ functionError }) => functionError)).toEqual([undefined, "Unhandled", undefined, undefined]);
    expect(after.value).toBe(5);
  });

  it("costs nobody who comes while the process ends", async () => {
    const { invoke } = start(
      js(
        "exports.handler = async (e) => { if (e.n === 0) Promise.reject(new Error('lost')); return new Promise((r) => setTimeout(r, 20, e.n)) }",
      ),
      { log: undefined },
    );

    const first = await Promise.all([invoke({ n: 0 }), invoke({ n: 1 })]);
    const after = await Promise.all([invoke({ n: 2 }), invoke({ n: 3 })]);

    expect([...first, ...after].map(({ functionError }) => functionError)).toEqual([
      "Unhandled",
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ["throws", "throw new Error('late')"],
    ["exits", "process.exit(3)"],
  ])("costs nobody when a handler %s after its answer", async (_title, end) => {
    const { invoke } = start(js(`exports.handler = async (e) => { setImmediate(() => { ${end} }); return e.n }`));

    const results = [];
    for (let n = 0; n < 10; n += 1) results.push(await invoke({ n }));

    expect(results.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    ["throws", "throw new Error('late')"],
    ["exits", "process.exit(3)"],
  ])("costs nobody who comes before the gateway has heard that the handler %s", async (_title, end) => {
    const { invoke } = start(js(`exports.handler = async (e) => { setTimeout(() => { ${end} }, 100); return e.n }`));
    await invoke({ n: 0 });
    // The answer of the file system is read in the turn in which requests are sent: nothing else is read before that.
    await stat(__filename);

    const next = invoke({ n: 1 });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);

    expect(await next).toMatchObject({ value: 1 });
  });

  it("repeats the error of code that cannot be loaded with each request", async () => {
    const { invoke } = start(js("throw new Error('no ' + 'database')"));

    const results = [await invoke(), await invoke()];

    expect(results.map(({ value }) => value.errorMessage)).toEqual(["no database", "no database"]);
  });

  it("tries to load the code again after it could not be loaded", async () => {
    const flag = join(packageFolder, "flag");
    const { invoke } = start(
      js(
        `if (!require("fs").existsSync(${JSON.stringify(flag)})) throw new Error("not yet"); exports.handler = async () => 1`,
      ),
    );

    const first = await invoke();
    writeFileSync(flag, "");
    const second = await invoke();

    expect(first.value.errorMessage).toBe("not yet");
    expect(second.value).toBe(1);
  });
});
