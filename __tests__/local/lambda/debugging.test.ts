import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { bundleFunctions } from "../../../cli/bundle/bundle-functions";
import { createFunctions, type Functions } from "../../../local/lambda/functions";
import { SOURCE_MAPS_FOLDER } from "../../../local/lambda/source-maps";
import { deleteProjectFolders, projectFolder } from "../../cli/bundle/project-folder";
import { InspectorClient } from "../../support/inspector-client";

const HANDLER = [
  'import { half } from "../shared/half";',
  "export async function handler(event: { readonly n: number }): Promise<unknown> {",
  "  const doubled: number = event.n * 2;",
  "  return half(doubled);",
  "}",
].join("\n");
const HALF = [
  "/** Half of a number. */",
  "export function half(n: number): number {",
  '  if (n < 0) throw new RangeError("below zero");',
  "  return n / 2;",
  "}",
].join("\n");
const FILES = { "functions/halve/handler.ts": HANDLER, "functions/shared/half.ts": HALF };

const open: Functions[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((functions) => functions.close()));
});

afterAll(deleteProjectFolders);

/** The bundled function, run as `headgate local` does. */
async function startBundled(settings: object = {}, inspected: readonly string[] = []) {
  const projectRoot = projectFolder({ ...FILES, "functions/bundle.json": JSON.stringify(settings) });
  await bundleFunctions({ projectRoot, mapsFolder: SOURCE_MAPS_FOLDER });
  const log: string[] = [];
  const functions = createFunctions({
    functions: ["halve", "other"].map((name) => ({
      address: `aws_lambda_function.${name}`,
      name,
      handler: "handler.handler",
      runtime: "nodejs20.x",
      packageFile: "halve.zip",
      memorySizeMb: 256,
      timeoutSeconds: 1,
      environment: {},
      aliases: [],
    })),
    stackFolder: join(projectRoot, "dist/functions"),
    projectRoot,
    environment: {},
    region: "eu-central-1",
    inspected,
    log: (line) => log.push(line),
  });
  open.push(functions);
  const invoke = async (n: number, functionName = "halve") => {
    const payload = Buffer.from(JSON.stringify({ n }));
    const result = await functions.invoke({ functionName, payload, type: "RequestResponse", traceId: "" });
    return JSON.parse(result.payload.toString());
  };
  return { projectRoot, functions, invoke, log };
}

describe("source maps", () => {
  it.each<[title: string, settings: object]>([
    ["of minified ES modules", {}],
    ["of CommonJS", { format: "cjs" }],
    ["that are in the zip as well", { sourceMap: true }],
  ])("%s lead stack traces to TypeScript", async (_title, settings) => {
    const { invoke, projectRoot } = await startBundled(settings);

    const { errorMessage, trace } = await invoke(-1);

    expect(errorMessage).toBe("below zero");
    expect(trace[1]).toContain(`${projectRoot}/functions/shared/half.ts:3:`);
    expect(trace[2]).toContain(`${projectRoot}/functions/halve/handler.ts:4:`);
  });

  it("leave the zip as it is deployed", async () => {
    const { projectRoot } = await startBundled();
    const withMaps = readFileSync(join(projectRoot, "dist/functions/halve.zip"));

    await bundleFunctions({ projectRoot });

    expect(readFileSync(join(projectRoot, "dist/functions/halve.zip")).equals(withMaps)).toBe(true);
  });
});

type Script = { readonly scriptId: string; readonly url: string; readonly sourceMapURL: string };
type Paused = { readonly callFrames: readonly { readonly callFrameId: string }[] };

/** Where a line of a source is in the code: what a debugger works out for a breakpoint. */
function placeInCode(code: string, map: SourceMap, source: string, line: number) {
  for (const [lineNumber, text] of code.split("\n").entries()) {
    for (let columnNumber = 0; columnNumber < text.length; columnNumber += 1) {
      const entry = map.findEntry(lineNumber, columnNumber);
      if (!("originalSource" in entry) || !entry.originalSource.endsWith(source)) continue;
      if (entry.originalLine === line - 1 && entry.generatedColumn === columnNumber)
        return { lineNumber, columnNumber };
    }
  }
  throw new Error(`line ${line} of ${source} is not in the code`);
}

async function breakAt(client: InspectorClient, source: string, line: number): Promise<void> {
  const scripts: Script[] = [];
  client.on<Script>("Debugger.scriptParsed", (script) => scripts.push(script));
  await client.call("Debugger.enable");
  const script = scripts.find(({ url }) => url.endsWith("/handler.mjs"));
  if (!script) throw new Error("the code is not loaded");
  const code = readFileSync(new URL(script.url), "utf8");
  const map = new SourceMap(JSON.parse(readFileSync(new URL(script.sourceMapURL, script.url), "utf8")));
  const location = { scriptId: script.scriptId, ...placeInCode(code, map, source, line) };
  await client.call("Debugger.setBreakpoint", { location });
}

describe("the inspector", () => {
  it("stops at a line of TypeScript, and no time runs out until it goes on", async () => {
    const { functions, invoke } = await startBundled({}, ["halve"]);
    const [halve] = await functions.openDebuggers();
    await invoke(1);
    const client = await InspectorClient.attach(halve?.address ?? "");
    await breakAt(client, "functions/halve/handler.ts", 4);

    const paused = client.next<Paused>("Debugger.paused");
    const answer = invoke(21);
    const [frame] = (await paused).callFrames;
    const evaluated = await client.call<{ result: { value: unknown } }>("Debugger.evaluateOnCallFrame", {
      callFrameId: frame?.callFrameId,
      expression: "arguments[0].n",
    });
    const isDebugged = functions.isDebugged();
    // Longer than the function's timeout.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await client.call("Debugger.resume");

    expect(isDebugged).toBe(true);
    expect(await answer).toBe(21);
    expect(evaluated.result.value).toBe(21);
    await client.close();
  }, 15_000);

  it("has a port for each function, and one process", async () => {
    const { functions, invoke } = await startBundled({}, ["halve", "other"]);

    const addresses = await functions.openDebuggers();
    const results = await Promise.all([invoke(2), invoke(4), invoke(6, "other")]);

    expect(addresses.map(({ functionName }) => functionName)).toEqual(["halve", "other"]);
    expect(new Set(addresses.map(({ address }) => address)).size).toBe(2);
    expect(addresses.every(({ address }) => /^127\.0\.0\.1:9\d{3}$/.test(address))).toBe(true);
    expect(results).toEqual([2, 4, 6]);
  });

  it("stays at its port when the process ends, and waits for the next one", async () => {
    const { functions, invoke } = await startBundled({}, ["halve"]);
    const [halve] = await functions.openDebuggers();
    const address = halve?.address ?? "";
    const first = await InspectorClient.attach(address);
    const pid = async (client: InspectorClient) =>
      (await client.call<{ result: { value: number } }>("Runtime.evaluate", { expression: "process.pid" })).result
        .value;

    const before = await pid(first);
    process.kill(before, "SIGKILL");
    await first.closed();
    const second = await InspectorClient.attach(address);
    const after = await pid(second);

    expect(after).not.toBe(before);
    expect(await invoke(8)).toBe(8);
    await second.close();
  }, 15_000);

  it("lets time run out when nobody debugs", async () => {
    const { functions, log } = await startBundled({}, ["halve"]);
    await functions.openDebuggers();

    expect(functions.isDebugged()).toBe(false);
    expect(log.join("\n")).not.toContain("Debugger");
  });
});
