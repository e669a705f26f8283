import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { RuntimeError } from "./error-document";

/** A handler before anything is known about its style. */
export type Handler = (
  event: unknown,
  context: object,
  callback: (error?: unknown, result?: unknown) => void,
) => unknown;

/**
 * Loads `folder/file.export` (or `file.object.method`) from the unpacked package, by Lambda's rules for CommonJS and ES
 * modules. Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 *
 * @throws RuntimeError `Runtime.MalformedHandlerName`, `.ImportModuleError`, `.UserCodeSyntaxError`, `.HandlerNotFound`;
 *   whatever the module itself throws goes through untouched
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const [file, ...names] = basename(handler).split(".");
  if (!file || names.length === 0 || handler.includes("..")) {
    throw new RuntimeError("Runtime.MalformedHandlerName", `Bad handler: ${handler}`);
  }
  const module = await loadModule(resolve(taskRoot, dirname(handler), file), file);
  const found = names.reduce(memberOf, module);
  if (found === undefined) {
    throw new RuntimeError("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  }
  if (typeof found !== "function") throw new RuntimeError("Runtime.HandlerNotFound", `${handler} is not a function`);
  return (event, context, callback) => Reflect.apply(found, undefined, [event, context, callback]);
}

function memberOf(value: unknown, name: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const member: unknown = Reflect.get(value, name);
  return typeof member === "function" ? member.bind(value) : member;
}

async function loadModule(path: string, name: string): Promise<unknown> {
  const requireFrom = createRequire(`${path}.js`);
  try {
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

/** Does the nearest package.json make `.js` files ES modules? */
function isModuleScope(folder: string): boolean {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
  const parent = dirname(folder);
  return parent !== folder && isModuleScope(parent);
}
