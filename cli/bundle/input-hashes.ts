import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import type { Metafile } from "esbuild";
import { hexSha256 } from "../../definition/hex-sha256";
import { type BundleSettings, DEFAULT_TSCONFIG } from "./bundle-settings";

/** Files that pin what is installed. */
export const LOCK_FILES = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock"];
const INSTALLED = /(^|\/)node_modules\//;

/**
 * Files whose change makes a bundle stale: sources outside `node_modules`, the settings, and for all that is installed the lock file.
 *
 * @param entryPoint key in `metafile.inputs`, whose paths are relative to the project root
 */
export function inputFiles(
  projectRoot: string,
  entryPoint: string,
  metafile: Metafile,
  { nodeModules, tsconfig, inject }: BundleSettings,
  settingsFiles: readonly string[],
): string[] {
  const reached = reachableInputs([entryPoint, ...inject.map(normalize)], metafile);
  const own = reached.filter((path) => !INSTALLED.test(path));
  const isInstalled = own.length < reached.length || nodeModules.length > 0;
  const settings = [...settingsFiles, ...tsconfigs(tsconfig, own), ...(isInstalled ? LOCK_FILES : [])];
  // An input may be no file: esbuild also lists what it takes from a `data:` URL.
  return [...new Set([...own, ...settings])].filter((path) => existsSync(join(projectRoot, path))).sort();
}

/** Where esbuild looks: for each source in its folder and those around it, unless it is told of one file. */
function tsconfigs(tsconfig: string, sources: readonly string[]): readonly string[] {
  if (tsconfig !== DEFAULT_TSCONFIG) return [normalize(tsconfig)];
  return sources.flatMap((source) => {
    const folders = source.split("/").slice(0, -1);
    return [...folders.keys(), folders.length].map((depth) => [...folders.slice(0, depth), DEFAULT_TSCONFIG].join("/"));
  });
}

/** What an output contains is not enough: a file that only re-exports leaves no bytes in it, but decides what does. */
function reachableInputs(entryPoints: readonly string[], { inputs }: Metafile): string[] {
  const reached = new Set(entryPoints);
  for (const path of reached) {
    for (const imported of inputs[path]?.imports ?? []) if (imported.path in inputs) reached.add(imported.path);
  }
  return [...reached];
}

/** Hashes files of one project, each at most once. */
export class InputHashes {
  private readonly hashes = new Map<string, Promise<string>>();

  constructor(private readonly projectRoot: string) {}

  /** Path → hex SHA-256, in the order of `paths`. */
  async of(paths: readonly string[]): Promise<Record<string, string>> {
    return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await this.hash(path)] as const)));
  }

  private hash(path: string): Promise<string> {
    const known = this.hashes.get(path) ?? readFile(join(this.projectRoot, path)).then(hexSha256);
    this.hashes.set(path, known);
    return known;
  }
}
