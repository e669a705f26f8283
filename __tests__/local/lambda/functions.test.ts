import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { FunctionDefinition } from "../../../definition/function";
import type { Invocation } from "../../../local/host";
import { createFunctions, type Functions } from "../../../local/lambda/functions";

const folder = mkdtempSync(join(tmpdir(), "functions-test-"));
const open: Functions[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((functions) => functions.close()));
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Code {
  readonly files: Readonly<Record<string, string>>;
  readonly definition?: Partial<FunctionDefinition>;
}

/** One function from source text, and everything that it logs. */
function start({ files, definition }: Code, options: Partial<Parameters<typeof createFunctions>[0]> = {}) {
  const packageFile = `${Math.random().toString(36).slice(2)}.zip`;
  const entries = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  writeFileSync(join(folder, packageFile), zipSync(entries));
  const fn: FunctionDefinition = {
    address: "aws_lambda_function.fn",
    name: "fn",
    handler: "index.handler",
    runtime: "nodejs20.x",
    packageFile,
    memorySizeMb: 128,
    timeoutSeconds: 3,
    environment: {},
    aliases: ["live"],
    ...definition,
  };
  const log: string[] = [];
  const functions = createFunctions({
    functions: [fn],
    stackFolder: folder,
    environment: {},
    region: "eu-central-1",
    log: (line) => log.push(line),
    ...options,
  });
  open.push(functions);
  const invoke = async (event: unknown = {}, extra: Partial<Invocation> = {}) => {
    const payload = Buffer.from(JSON.stringify(event));
    const result = await functions.invoke({
      functionName: "fn",
      payload,
      type: "RequestResponse",
      traceId: "Root=1-2-3",
      ...extra,
    });
    return { ...result, value: result.payload.length > 0 ? JSON.parse(result.payload.toString()) : undefined };
  };
  return { invoke, log, close: () => functions.close() };
}

const js = (handler: string) => ({ files: { "index.js": handler } });

describe("handler styles", () => {
  const rows: [title: string, code: Code, expected: unknown][] = [
    ["async", js("exports.handler = async (e) => ({ got: e.n })"), { got: 1 }],
    ["callback", js("exports.handler = (e, c, done) => setTimeout(() => done(null, e.n), 5)"), 1],
    ["context.succeed", js("exports.handler = (e, c) => c.succeed({ got: e.n })"), { got: 1 }],
    ["context.done", js("exports.handler = (e, c) => c.done(null, e.n)"), 1],
    ["undefined result", js("exports.handler = async () => {}"), null],
    ["neither promise nor callback", js("exports.handler = () => 5"), null],
    ["a promise that never settles", js("exports.handler = () => new Promise(() => {})"), null],
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
        setTimeout(() => {}, 100);
        done(null, 1);
      }`),
    );

    await invoke({ wait: false });
    const startedAt = performance.now();
    await invoke({ wait: false });
    const impatientMillis = performance.now() - startedAt;
    await invoke({ wait: true });
    const patientMillis = performance.now() - startedAt - impatientMillis;

    expect(impatientMillis).toBeLessThan(95);
    expect(patientMillis).toBeGreaterThanOrEqual(95);
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
      "a malformed handler name",
      { ...js(""), definition: { handler: "index" } },
      { errorType: "Runtime.MalformedHandlerName", errorMessage: "Bad handler: index" },
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

  it("tries to load the code again after it could not be loaded", async () => {
    const flag = join(folder, "flag");
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

describe("execution environments", () => {
  it("are reused", async () => {
    const { invoke } = start(js("let n = 0; exports.handler = async () => (n += 1)"));

    const values = [(await invoke()).value, (await invoke()).value, (await invoke()).value];

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
    const { invoke } = start(js("exports.handler = () => new Promise((r) => setTimeout(() => r(process.pid), 1000))"));

    const results = await Promise.all(Array.from({ length: 12 }, () => invoke()));

    expect(new Set(results.map(({ value }) => value)).size).toBe(12);
  });

  it("stay few when requests are short, however many come", async () => {
    const { invoke } = start(js("exports.handler = async () => process.pid"));

    const results = await Promise.all(Array.from({ length: 500 }, () => invoke()));

    const processes = new Set(results.map(({ value }) => value)).size;
    expect(processes).toBeLessThanOrEqual(2 * availableParallelism());
  });

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

describe("logs", () => {
  it("are in Lambda's format, between START, END and REPORT", async () => {
    const { invoke, log } = start(
      js(
        "console.log('loading'); exports.handler = async () => { console.warn('careful', { a: 1 }); process.stdout.write('raw') }",
      ),
    );

    const { requestId } = await invoke();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

    const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;
    expect(
      log.map((line) =>
        line
          .replace(time, "TIME")
          .replace(requestId, "ID")
          .replace(/[\d.]+ (ms|MB)/g, "N $1"),
      ),
    ).toEqual(
      expect.arrayContaining([
        "TIME\tundefined\tINFO\tloading",
        "START RequestId: ID Version: $LATEST",
        "TIME\tID\tWARN\tcareful { a: 1 }",
        "END RequestId: ID",
        "REPORT RequestId: ID\tDuration: N ms\tBilled Duration: N ms\tMemory Size: N MB\tMax Memory Used: N MB\tInit Duration: N ms",
      ]),
    );
  });

  it("are cut at a limit of bytes for each request", async () => {
    const { invoke, log } = start(
      js(
        "exports.handler = async (e) => { for (let i = 0; i < e.lines; i++) process.stdout.write('x'.repeat(99) + '\\n'); return 1 }",
      ),
    );

    const flood = await invoke({ lines: 200_000 });
    const linesOfFlood = log.length;
    await invoke({ lines: 10 });

    expect(flood.value).toBe(1);
    expect(linesOfFlood).toBeLessThan(12_000);
    expect(log.filter((line) => line.includes("more than 1048576 bytes"))).toHaveLength(1);
  });
});

describe("invoke", () => {
  it("answers 404 for a function that is not there", async () => {
    const { invoke } = start(js(""));

    const { status, value } = await invoke({}, { functionName: "other" });

    expect(status).toBe(404);
    expect(value.Message).toBe("Function not found: arn:aws:lambda:eu-central-1:000000000000:function:other");
  });

  it("answers an asynchronous call at once", async () => {
    const { invoke } = start(js("exports.handler = async () => { for (;;); }"));

    const { status, value } = await invoke({}, { type: "Event" });

    expect({ status, value }).toEqual({ status: 202, value: undefined });
  });

  it.each<[string, Partial<FunctionDefinition>, string]>([
    ["its code is no local zip", { packageFile: undefined }, "FUNCTION_NOT_RUNNABLE"],
    ["it runs on something else than Node.js", { runtime: "python3.13" }, "FUNCTION_NOT_RUNNABLE"],
    ["its zip is missing", { packageFile: "missing.zip" }, "FUNCTION_PACKAGE_MISSING"],
    ["its zip is no zip", { packageFile: "broken.zip" }, "FUNCTION_PACKAGE_INVALID"],
    ["its zip writes outside of the package", { packageFile: "evil.zip" }, "FUNCTION_PACKAGE_INVALID"],
  ])("fails when %s", async (_title, definition, code) => {
    writeFileSync(join(folder, "broken.zip"), "no zip");
    writeFileSync(join(folder, "evil.zip"), zipSync({ "../evil.js": strToU8("") }));
    const { invoke } = start({ ...js(""), definition });

    const failure = invoke();

    await expect(failure).rejects.toMatchObject({ code, message: expect.stringContaining("aws_lambda_function.fn") });
  });
});
