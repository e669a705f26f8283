import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { FunctionDefinition } from "../../../definition/function";
import type { Invocation } from "../../../local/host/host";
import { createFunctions, type Functions } from "../../../local/lambda/functions";
import type { FunctionsOptions } from "../../../local/lambda/functions-options";

/** Folder of the packages; a test may put a file of its own there. */
export const packageFolder = mkdtempSync(join(tmpdir(), "functions-test-"));
const open: Functions[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((functions) => functions.close()));
});

afterAll(() => rmSync(packageFolder, { recursive: true }));

/** Source files of a function, and what its definition has beside defaults. */
export interface Code {
  readonly files: Readonly<Record<string, string>>;
  readonly definition?: Partial<FunctionDefinition>;
}

/** A function of one CommonJS file. */
export const js = (source: string): Code => ({ files: { "index.js": source } });

/** A zip of these files in the folder of the packages; its name there. */
export function packageOf(files: Code["files"]): string {
  const packageFile = `${Math.random().toString(36).slice(2)}.zip`;
  const entries = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  writeFileSync(join(packageFolder, packageFile), zipSync(entries));
  return packageFile;
}

/** Streams may send what is no JSON. */
function parsed(payload: Buffer) {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}

/**
 * Resolves when what belongs to an answer is done: what the handler has printed is read, END is written, and the process takes
 * the next request. The answer itself comes a turn or two earlier.
 */
export async function afterAnswer(): Promise<void> {
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** One function from source text, and everything that it logs. */
export function start({ files, definition }: Code, options: Partial<FunctionsOptions> = {}) {
  const fn: FunctionDefinition = {
    address: "aws_lambda_function.fn",
    name: "fn",
    handler: "index.handler",
    runtime: "nodejs20.x",
    packageFile: packageOf(files),
    memorySizeMb: 128,
    timeoutSeconds: 3,
    environment: {},
    aliases: ["live"],
    ...definition,
  };
  const log: string[] = [];
  const functions = createFunctions({
    functions: [fn],
    stackFolder: packageFolder,
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
    return { ...result, value: parsed(result.payload) };
  };
  return { invoke, log, fn, functions, close: () => functions.close() };
}
