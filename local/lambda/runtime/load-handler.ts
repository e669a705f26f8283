import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { RuntimeError } from "./error-document";
import { isStreaming } from "./response-stream";

/** A handler before anything is known about its style. */
export type Handler = (...args: unknown[]) => unknown;

/** A handler, and what its style is. */
export interface LoadedHandler {
  readonly call: Handler;
  /** Made by `awslambda.streamifyResponse`: its second argument is a stream, its third the context. */
  readonly isStreaming: boolean;
  /** An `async` function: it has failed when nothing is left to do and it has not returned. */
  readonly isAsync: boolean;
}

/** From this one on, Lambda refuses handlers that take a callback. */
const FIRST_MAJOR_WITHOUT_CALLBACKS = 24;

/**
 * Loads `folder/file.export` (or `file.object.method`) from the unpacked package, by Lambda's rules for CommonJS and ES
 * modules. Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 *
 * @param runtime declared runtime, as in `nodejs22.x`
 * @throws RuntimeError `Runtime.MalformedHandlerName`, `.ImportModuleError`, `.UserCodeSyntaxError`, `.HandlerNotFound`,
 *   `.MalformedStreamingHandler`, `.CallbackHandlerDeprecated`; whatever the module itself throws goes through untouched
 */
export async function loadHandler(taskRoot: string, handler: string, runtime = ""): Promise<LoadedHandler> {
  if (handler.includes("..")) {
    throw new RuntimeError(
      "Runtime.MalformedHandlerName",
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [file, ...names] = basename(handler).split(".");
  if (!file || names.length === 0) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
  const module = await loadModule(resolve(taskRoot, dirname(handler), file), file);
  const found = names.reduce(memberOf, module);
  if (!found) throw new RuntimeError("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  if (typeof found !== "function") throw new RuntimeError("Runtime.HandlerNotFound", `${handler} is not a function`);
  const streams = isStreaming(found);
  if (!streams) refuseCallback(found.length, runtime);
  return {
    call: (...args) => Reflect.apply(found, undefined, args),
    isStreaming: streams,
    isAsync: found.constructor.name === "AsyncFunction",
  };
}

function memberOf(value: unknown, name: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  return Reflect.get(value, name);
}

/** Does a runtime let handlers answer by a callback, or by methods of their context? */
export function takesCallbacks(runtime: string): boolean {
  return Number(/^nodejs(\d+)\./.exec(runtime)?.[1] ?? 0) < FIRST_MAJOR_WITHOUT_CALLBACKS;
}

function refuseCallback(parameters: number, runtime: string): void {
  if (parameters < 3 || takesCallbacks(runtime)) return;
  throw new RuntimeError(
    "Runtime.CallbackHandlerDeprecated",
    `ERROR: AWS Lambda takes no handlers with a callback from Node.js ${FIRST_MAJOR_WITHOUT_CALLBACKS} on: use an async function`,
  );
}

async function loadModule(path: string, name: string): Promise<unknown> {
  const requireFrom = createRequire(`${path}.js`);
  try {
    if (isFile(path)) return requireFrom(path);
    if (existsSync(`${path}.js`)) {
      return isModuleScope(dirname(path)) ? await import(pathToFileURL(`${path}.js`).href) : requireFrom(`${path}.js`);
    }
    if (existsSync(`${path}.mjs`)) return await import(pathToFileURL(`${path}.mjs`).href);
    if (existsSync(`${path}.cjs`)) return requireFrom(`${path}.cjs`);
    return requireFrom(name);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError("Runtime.UserCodeSyntaxError", String(error), { cause: error });
    }
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") {
      throw new RuntimeError("Runtime.ImportModuleError", String(error), { cause: error });
    }
    throw error;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Does the nearest package.json make `.js` files ES modules? */
function isModuleScope(folder: string): boolean {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
  const parent = dirname(folder);
  return parent !== folder && isModuleScope(parent);
}
