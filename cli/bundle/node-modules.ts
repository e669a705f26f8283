import { ConfigurationError } from "../../definition/configuration-error";
import { folderFiles } from "../../modules/functions/folder-files";
import { unzippedSize, type ZipEntries } from "../../modules/functions/zip-file";
import { type BundleSettings, SETTINGS_FILE } from "./bundle-settings";
import type { Part } from "./bundled-parts";
import { findPackage, type InstalledPackage } from "./installed-package";
import { LockFile } from "./lock-file";
import { cpuOf, isForSomePlatforms, isLoadable, runsOnLambda } from "./target-platform";

/** Packages as they lie in a zip. */
export interface InstalledModules extends ZipEntries {
  /** True when some of it runs on one architecture alone. */
  readonly isNative: boolean;
  readonly parts: readonly Part[];
}

/**
 * Copies the packages of `nodeModules`, and all that they depend on, from the project's `node_modules`: what the lock file
 * says, for Linux on the function's architecture.
 *
 * @param name of the function
 * @throws ConfigurationError NODE_MODULE_MISSING, NODE_MODULE_NOT_LOCKED, NODE_MODULE_OTHER_PLATFORM
 */
export function installModules(projectRoot: string, name: string, settings: BundleSettings): InstalledModules {
  const contents: Record<string, Uint8Array> = {};
  const executables = new Set<string>();
  const parts: Part[] = [];
  let isNative = false;
  if (settings.nodeModules.length === 0) return { contents, executables, isNative, parts };

  const place = `functions/${name}/${SETTINGS_FILE}`;
  const { architecture } = settings;
  const lockFile = LockFile.read(projectRoot, place);
  for (const [path, installed] of layOut(projectRoot, settings, lockFile, place)) {
    lockFile.refuseOther(installed, place);
    const files = folderFiles(installed.folder, (it) => it !== "node_modules");
    const native = Object.entries(files.contents).filter(([file]) => file.endsWith(".node"));
    if (native.length > 0 && !native.some(([, bytes]) => isLoadable(bytes, architecture))) {
      throw otherPlatform(installed.name, architecture, place);
    }
    isNative ||= native.length > 0 || isForSomePlatforms(installed.json);
    for (const [file, bytes] of Object.entries(files.contents)) contents[`${path}/${file}`] = bytes;
    for (const file of files.executables) executables.add(`${path}/${file}`);
    parts.push({ name: installed.name, bytes: unzippedSize(files.contents) });
  }
  return { contents, executables, isNative, parts };
}

/**
 * Where each package lies in the zip: at the top, or below the package that needs another version than the one there. Packages
 * are placed in the order of distance, so that none comes between one that was placed and what it found.
 */
function layOut(
  projectRoot: string,
  { nodeModules, architecture }: BundleSettings,
  lockFile: LockFile,
  place: string,
): ReadonlyMap<string, InstalledPackage> {
  const slots = new Map<string, InstalledPackage>();
  for (const name of [...nodeModules].sort()) {
    const installed = findPackage(name, projectRoot);
    if (installed === undefined) throw missing(name, "package.json", place);
    slots.set(`node_modules/${name}`, installed);
  }
  for (const [path, installed] of slots) {
    for (const needed of dependenciesOf(installed, architecture, lockFile, place)) {
      const candidates = lookups(path).map((folder) => `${folder}node_modules/${needed.name}`);
      const nearest = candidates.find((it) => slots.has(it));
      if (nearest !== undefined && slots.get(nearest)?.folder === needed.folder) continue;
      const [own, top] = [candidates[0], candidates.at(-1)];
      const slot = nearest === undefined ? top : own;
      if (slot !== undefined) slots.set(slot, needed);
    }
  }
  return slots;
}

/** The folders in which a package looks for others, the nearest first: its own, those around it, the top. */
function lookups(path: string): readonly string[] {
  const around = path.split("/node_modules/");
  return [...around.keys()]
    .reverse()
    .map((depth) => `${around.slice(0, depth + 1).join("/node_modules/")}/`)
    .concat("");
}

function dependenciesOf(
  { name, folder, json }: InstalledPackage,
  architecture: BundleSettings["architecture"],
  lockFile: LockFile,
  place: string,
): readonly InstalledPackage[] {
  const optional = Object.keys(json.optionalDependencies ?? {});
  const required = Object.keys(json.dependencies ?? {}).filter((it) => !optional.includes(it));
  const found = (names: readonly string[]) => names.flatMap((it) => findPackage(it, folder) ?? []);
  const runnable = found(optional).filter((it) => runsOnLambda(it.json, architecture));

  const cpu = cpuOf(architecture);
  const absent = optional.filter((it) => findPackage(it, folder) === undefined);
  const wanted = absent.filter((it) => {
    const locked = lockFile.entryOf(it);
    // Lock files that are not read leave the name, as in @img/sharp-linux-arm64.
    if (locked === undefined) return it.includes("linux") && it.includes(cpu) && !it.includes("musl");
    return isForSomePlatforms(locked) && runsOnLambda(locked, architecture);
  });
  if (wanted.length > 0 && !runnable.some((it) => isForSomePlatforms(it.json))) {
    throw otherPlatform(name, architecture, place, wanted[0]);
  }
  for (const it of required) if (findPackage(it, folder) === undefined) throw missing(it, name, place);
  const peers = Object.keys(json.peerDependencies ?? {});
  const all = [...found(required), ...runnable, ...found(peers)];
  return all.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function missing(name: string, neededBy: string, place: string): ConfigurationError {
  return new ConfigurationError(
    "NODE_MODULE_MISSING",
    place,
    `the package "${name}", which ${neededBy} needs, is not installed`,
    "run npm ci, or correct the name",
  );
}

function otherPlatform(
  name: string,
  architecture: BundleSettings["architecture"],
  place: string,
  wanted?: string,
): ConfigurationError {
  const detail = wanted === undefined ? "" : `: ${wanted} is missing`;
  return new ConfigurationError(
    "NODE_MODULE_OTHER_PLATFORM",
    place,
    `"${name}" is installed for another platform than Linux on ${architecture}${detail}`,
    `run npm ci --os=linux --cpu=${cpuOf(architecture)} --libc=glibc, or set "architecture" to that of the function`,
  );
}
