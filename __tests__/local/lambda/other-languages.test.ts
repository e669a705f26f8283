import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FunctionDefinition } from "../../../definition/function";
import type { FunctionsOptions } from "../../../local/lambda/functions-options";
import { afterAnswer, js, start } from "./start-function";

const projectRoot = mkdtempSync(join(tmpdir(), "headgate-commands-"));

afterAll(() => rmSync(projectRoot, { recursive: true }));

/** A runtime in a few lines; `handle` gets the event and the headers of the request. */
const runtimeOf = (handle: string, init = "") => `
  const http = require("node:http");
  const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
  const agent = new http.Agent({ keepAlive: true });
  const call = (method, path, body, headers = {}, trailers) => new Promise((resolve, reject) => {
    const sent = http.request({ host, port, method, path: "/2018-06-01/runtime/" + path, headers, agent }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }));
    });
    sent.on("error", reject);
    if (trailers) { sent.write(body); sent.addTrailers(trailers); sent.end(); } else sent.end(body);
  });
  (async () => {
    ${init}
    for (;;) {
      const next = await call("GET", "invocation/next");
      const id = next.headers["lambda-runtime-aws-request-id"];
      const event = JSON.parse(next.text);
      const answer = (value) => call("POST", "invocation/" + id + "/response", JSON.stringify(value));
      const fail = (errorType, errorMessage) => call("POST", "invocation/" + id + "/error", JSON.stringify({ errorType, errorMessage }));
      ${handle}
    }
  })();`;

let programs = 0;

function startCommand(
  program: string,
  definition: Partial<FunctionDefinition> = {},
  options: Partial<FunctionsOptions> = {},
) {
  programs += 1;
  const file = `program-${programs}.cjs`;
  writeFileSync(join(projectRoot, file), program);
  return start(
    { ...js(""), definition: { runtime: "provided.al2023", packageFile: undefined, ...definition } },
    { projectRoot, overrides: { fn: { command: `"${process.execPath}" ${file}` } }, ...options },
  );
}

describe("a function with a command", () => {
  it("answers by the Runtime API, from one process again and again", async () => {
    const { invoke } = startCommand(runtimeOf("n += 1; await answer({ n, got: event })", "let n = 0;"));

    const results = [await invoke({ a: 1 }), await invoke({ a: 2 })];

    expect(results).toMatchObject([
      { status: 200, value: { n: 1, got: { a: 1 } } },
      { status: 200, value: { n: 2, got: { a: 2 } } },
    ]);
  });

  it("runs in the project with Lambda's variables and headers, and none of the gateway's variables", async () => {
    process.env.SECRET_OF_THE_GATEWAY = "1";
    const { invoke } = startCommand(
      runtimeOf("await answer({ cwd: process.cwd(), env: process.env, headers: next.headers, now: Date.now() })"),
      { environment: { TABLE: "t" }, handler: "app.handler" },
    );

    const { value, requestId } = await invoke({}, { qualifier: "live" });

    delete process.env.SECRET_OF_THE_GATEWAY;
    expect(value.cwd).toBe(projectRoot);
    expect(value.env).toMatchObject({
      TABLE: "t",
      _HANDLER: "app.handler",
      LAMBDA_TASK_ROOT: projectRoot,
      AWS_LAMBDA_FUNCTION_NAME: "fn",
      AWS_EXECUTION_ENV: "AWS_Lambda_provided.al2023",
      PATH: process.env.PATH,
    });
    expect(value.env).not.toHaveProperty("SECRET_OF_THE_GATEWAY");
    expect(value.headers).toMatchObject({
      "lambda-runtime-aws-request-id": requestId,
      "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-central-1:000000000000:function:fn:live",
      "lambda-runtime-trace-id": "Root=1-2-3",
    });
    const leftMillis = Number(value.headers["lambda-runtime-deadline-ms"]) - value.now;
    expect(leftMillis).toBeGreaterThan(2000);
    expect(leftMillis).toBeLessThanOrEqual(3000);
  });

  const failures: [title: string, program: string, expected: object][] = [
    ["reports an error", runtimeOf("await fail('Bad', 'no')"), { errorType: "Bad", errorMessage: "no" }],
    [
      "cannot be loaded",
      runtimeOf("", `await call("POST", "init/error", '{"errorType":"Init","errorMessage":"no"}'); process.exit(1);`),
      { errorType: "Init", errorMessage: "no" },
    ],
    [
      "cannot be loaded and stays",
      runtimeOf(
        "",
        `await call("POST", "init/error", '{"errorType":"Init","errorMessage":"no"}'); await new Promise((r) => setTimeout(r, 1e5));`,
      ),
      { errorType: "Init", errorMessage: "no" },
    ],
    [
      "ends during a request",
      runtimeOf("process.exit(3)"),
      { errorType: "Runtime.ExitError", errorMessage: expect.stringMatching(/exit status 3$/) },
    ],
    [
      "is no program",
      "this is no JavaScript",
      { errorType: "Runtime.ExitError", errorMessage: expect.stringMatching(/exit status 1$/) },
    ],
    [
      "takes too long",
      runtimeOf("if (event.n !== 1) for (;;);"),
      { errorType: "Sandbox.Timedout", errorMessage: expect.stringMatching(/timed out after 1\.00 seconds$/) },
    ],
    [
      "allocates without end",
      runtimeOf(
        "const all = []; for (;;) { all.push(Buffer.alloc(4e6, 1)); await new Promise((r) => setTimeout(r, 1)); }",
      ),
      { errorType: "Runtime.OutOfMemory" },
    ],
    [
      "answers more than 6 MB",
      runtimeOf("await answer('x'.repeat(6_291_556))"),
      { errorType: "Function.ResponseSizeTooLarge" },
    ],
    [
      "fails in the middle of a stream",
      runtimeOf(`const document = Buffer.from('{"errorType":"Late","errorMessage":"no"}').toString("base64");
        await call("POST", "invocation/" + id + "/response", "part",
          { "Lambda-Runtime-Function-Response-Mode": "streaming", "Transfer-Encoding": "chunked", Trailer: "Lambda-Runtime-Function-Error-Body" },
          { "Lambda-Runtime-Function-Error-Body": document });`),
      { errorType: "Late", errorMessage: "no" },
    ],
  ];

  it.each(failures)("fails when it %s", async (_title, program, expected) => {
    const { invoke } = startCommand(program, { timeoutSeconds: 1 });

    const { functionError, value } = await invoke();

    expect(functionError).toBe("Unhandled");
    expect(value).toMatchObject(expected);
  });

  it("costs the request that failed and no other", async () => {
    const { invoke } = startCommand(runtimeOf("if (event.exit) process.exit(1); await answer(event.n)"));

    const results = [await invoke({ n: 1 }), await invoke({ exit: true }), await invoke({ n: 3 })];

    expect(results.map(({ value, functionError }) => functionError ?? value)).toEqual([1, "Unhandled", 3]);
  });

  it("may stream its result", async () => {
    const { invoke } = startCommand(
      runtimeOf(
        `await call("POST", "invocation/" + id + "/response", "[1]", { "Lambda-Runtime-Function-Response-Mode": "streaming", "Transfer-Encoding": "chunked" })`,
      ),
    );

    expect((await invoke()).value).toEqual([1]);
  });

  it("is told what makes no sense", async () => {
    const { invoke } = startCommand(
      runtimeOf(`
        const other = await call("POST", "invocation/other/response", "1");
        const late = await call("POST", "init/error", "{}");
        const unknown = await call("GET", "nothing");
        await answer([other.status, late.status, unknown.status])`),
    );

    expect((await invoke()).value).toEqual([400, 403, 404]);
  });

  it("prints between START, END and REPORT", async () => {
    const { invoke, log } = startCommand(runtimeOf("console.log('working'); await answer(1)"));

    await invoke();
    await afterAnswer();

    expect(log.map((line) => line.split(" ")[0])).toEqual(["START", "working", "END", "REPORT"]);
  });

  it("gets SIGTERM at shutdown, and SIGKILL when it does not heed it", async () => {
    const { invoke, close, log } = startCommand(
      runtimeOf("await answer(process.pid)", "process.on('SIGTERM', () => console.log('bye'));"),
    );
    const { value } = await invoke();

    await close();

    expect(log.at(-1)).toBe("bye");
    expect(() => process.kill(value, 0)).toThrow("ESRCH");
  });

  const python = hasPython();
  (python ? it : it.skip)("may be of another language", async () => {
    const program = `
import json, os, urllib.request
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(api + "next") as request:
        request_id = request.headers["Lambda-Runtime-Aws-Request-Id"]
        event = json.loads(request.read())
    print("adding", len(event["numbers"]))
    body = json.dumps({"sum": sum(event["numbers"])}).encode()
    urllib.request.urlopen(urllib.request.Request(api + request_id + "/response", data=body, method="POST")).read()
`;
    writeFileSync(join(projectRoot, "app.py"), program);
    const { invoke, log } = start(
      { ...js(""), definition: { runtime: "python3.13", packageFile: undefined } },
      { projectRoot, overrides: { fn: { command: "python3 app.py" } } },
    );

    expect((await invoke({ numbers: [1, 2, 3] })).value).toEqual({ sum: 6 });
    expect((await invoke({ numbers: [4] })).value).toEqual({ sum: 4 });
    expect(log).toEqual(expect.arrayContaining(["adding 3", "adding 1"]));
  });
});

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("a function with a url", () => {
  let server: Server;
  let answer: (
    request: IncomingMessage,
    body: string,
  ) => { status?: number; headers?: object; body?: string } | undefined;
  let url: string;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const made = answer(request, Buffer.concat(chunks).toString());
      if (!made) return;
      response.writeHead(made.status ?? 200, { ...made.headers });
      response.end(made.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const startAt = (target: string, definition: Partial<FunctionDefinition> = {}) =>
    start({ ...js(""), definition: { packageFile: undefined, ...definition } }, { overrides: { fn: { url: target } } });

  it("is called as runtime interface emulators are, or by the whole URL", async () => {
    answer = (request, body) => ({ body: JSON.stringify([request.method, request.url, JSON.parse(body)]) });
    const path = "/2015-03-31/functions/Other/invocations";

    const values = [(await startAt(url).invoke({ n: 1 })).value, (await startAt(url + path).invoke({ n: 2 })).value];

    expect(values).toEqual([
      ["POST", "/2015-03-31/functions/function/invocations", { n: 1 }],
      ["POST", path, { n: 2 }],
    ]);
  });

  it.each<[string, { headers?: object; body: string }, object]>([
    [
      "the header of Lambda",
      { headers: { "X-Amz-Function-Error": "Unhandled" }, body: '{"errorMessage":"no"}' },
      { errorMessage: "no" },
    ],
    ["an emulator's result", { body: '{"errorType":"E","errorMessage":"no"}' }, { errorType: "E", errorMessage: "no" }],
    [
      "an emulator's text",
      { body: "Task timed out after 1.00 seconds" },
      { errorMessage: "Task timed out after 1.00 seconds" },
    ],
    [
      "a result beyond Lambda's limit",
      { body: JSON.stringify("x".repeat(6_291_556)) },
      { errorType: "Function.ResponseSizeTooLarge" },
    ],
    ["an emulator's silence", { body: "" }, { errorMessage: "Runtime exited without providing a reason" }],
  ])("has failed by %s", async (_title, made, expected) => {
    answer = () => made;

    const { functionError, value } = await startAt(url).invoke();

    expect(functionError).toBe("Unhandled");
    expect(value).toMatchObject(expected);
  });

  it("has failed when its time is over", async () => {
    answer = () => undefined;

    const { functionError, value } = await startAt(url, { timeoutSeconds: 1 }).invoke();

    expect(functionError).toBe("Unhandled");
    expect(value.errorType).toBe("Sandbox.Timedout");
  });

  it("passes on what the service refuses", async () => {
    answer = () => ({ status: 429, body: "{}" });

    expect(await startAt(url).invoke()).toMatchObject({ status: 429 });
  });

  it("may be of another stack", async () => {
    answer = () => ({ body: "1" });
    const { invoke } = start(js(""), { overrides: { elsewhere: { url } } });

    expect((await invoke({}, { functionName: "elsewhere" })).value).toBe(1);
  });

  it("fails when nobody answers there", async () => {
    const { invoke } = startAt("http://127.0.0.1:1");

    await expect(invoke()).rejects.toMatchObject({ code: "FUNCTION_NOT_REACHABLE" });
  });
});
