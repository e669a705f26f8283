import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { basename, delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Lets ES modules find packages of layers, too: Lambda's Node.js 18 and newer do, Node.js itself looks into `NODE_PATH` for
 * CommonJS only. Source: https://aws.amazon.com/blogs/compute/node-js-18-x-runtime-now-available-in-aws-lambda/
 *
 * @param nodePath the variable `NODE_PATH`
 */
export function resolveFromNodePath(nodePath = ""): void {
  const folders = nodePath.split(delimiter).filter((path) => basename(path) === "node_modules" && existsSync(path));
  if (folders.length === 0) return;
  const parents = folders.map((folder) => pathToFileURL(join(dirname(folder), "-.mjs")).href);
  // The hooks run in a thread of their own, so that they travel as text.
  const source = `const parents = ${JSON.stringify(parents)}; ${resolve.toString()}; export { resolve };`;
  nodeModule.register(`data:text/javascript,${encodeURIComponent(source)}`);
}

type Resolved = { readonly url: string };
declare const parents: readonly string[];

/** A hook of Node.js: what is not found from its own place is looked for from that of each layer. */
async function resolve(
  specifier: string,
  context: object,
  nextResolve: (specifier: string, context: object) => Promise<Resolved>,
): Promise<Resolved> {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    if (/^[./#]|^[a-z]+:/i.test(specifier)) throw error;
    for (const parentURL of parents) {
      try {
        return await nextResolve(specifier, { ...context, parentURL });
      } catch {
        // The next layer may have it.
      }
    }
    throw error;
  }
}
