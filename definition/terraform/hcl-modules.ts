import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Json, JsonObject } from "../json";
import { isList, isObject, listAt, objectAt, textAt } from "../json-access";
import { firstBlock } from "./blocks";
import { readTerraformFile } from "./root-files";
import type { ModuleSource } from "./scope-settings";

/** The modules of a configuration, by the names of the calls that lead to them; the root has the empty path. */
export type HclModules = ReadonlyMap<string, ModuleSource>;

/**
 * Reads the configuration beside a plan: the root and what it calls, as far as it is on this machine. Empty if there is none, or
 * if it cannot be parsed.
 *
 * @param folder folder where Terraform ran
 * @param root `configuration.root_module` of the plan
 */
export async function readHclModules(folder: string, root: JsonObject): Promise<HclModules> {
  const modules = new Map<string, ModuleSource>();
  const installed = installedFolders(folder);
  const visit = async (planned: JsonObject, path: readonly string[], relative: string): Promise<void> => {
    const source = await readFolder(join(folder, relative)).catch(() => undefined);
    if (source === undefined || !isOfPlan(source, planned)) return;
    modules.set(path.join("."), { root: source, folder: relative });
    for (const [name, call] of Object.entries(objectAt(planned.module_calls)).map(
      ([key, value]) => [key, objectAt(value)] as const,
    )) {
      const inner = [...path, name];
      const target = folderOf(inner, textAt(call.source), relative, installed);
      if (target !== undefined) await visit(objectAt(call.module), inner, target);
    }
  };
  await visit(root, [], ".");
  return modules;
}

/**
 * The modules that a configuration calls, as far as they are on this machine: local ones, and those that `terraform init` has
 * fetched.
 *
 * @param folder folder of the root
 * @param content the root itself
 */
export async function readCalledModules(folder: string, content: JsonObject): Promise<HclModules> {
  const modules = new Map<string, ModuleSource>();
  const installed = installedFolders(folder);
  const visit = async (caller: JsonObject, path: readonly string[], relative: string): Promise<void> => {
    for (const [name, call] of Object.entries(objectAt(caller.module))) {
      const inner = [...path, name];
      const target = folderOf(inner, textAt(firstBlock(call).source), relative, installed);
      const root = target === undefined ? undefined : await readFolder(join(folder, target)).catch(() => undefined);
      if (target === undefined || root === undefined) continue;
      modules.set(inner.join("."), { root, folder: target });
      await visit(root, inner, target);
    }
  };
  await visit(content, [], ".");
  return modules;
}

/** Relative to the root's folder; absent for a module that has to be fetched first. */
function folderOf(
  path: readonly string[],
  source: string | undefined,
  caller: string,
  installed: ReadonlyMap<string, string>,
): string | undefined {
  const isLocal = source !== undefined && /^\.\.?\//.test(source);
  return installed.get(path.join(".")) ?? (isLocal ? posix.join(caller, source) : undefined);
}

/** Where `terraform init` has put modules. */
function installedFolders(folder: string): ReadonlyMap<string, string> {
  const file = join(folder, ".terraform", "modules", "modules.json");
  if (!existsSync(file)) return new Map();
  const { Modules } = objectAt(JSON.parse(readFileSync(file, "utf8")));
  return new Map(
    listAt(Modules)
      .map(objectAt)
      .map((module) => [textAt(module.Key) ?? "", textAt(module.Dir) ?? "."]),
  );
}

async function readFolder(folder: string): Promise<JsonObject | undefined> {
  const names = readdirSync(folder)
    .filter((name) => /\.tf(?:\.json)?$/.test(name))
    .sort();
  if (names.length === 0) return undefined;
  const contents = await Promise.all(names.map((name) => readTerraformFile(join(folder, name))));
  return objectAt(contents.reduce<Json>(merged, {}));
}

function merged(left: Json, right: Json): Json {
  if (isList(left) || isList(right)) return [...(isList(left) ? left : [left]), ...(isList(right) ? right : [right])];
  if (!isObject(left) || !isObject(right)) return right;
  const both = Object.keys(left).filter((key) => Object.hasOwn(right, key));
  return {
    ...left,
    ...right,
    ...Object.fromEntries(both.map((key) => [key, merged(left[key] ?? null, right[key] ?? null)])),
  };
}

/** The files may have changed since: then what they say is no longer what is planned. */
function isOfPlan(source: JsonObject, planned: JsonObject): boolean {
  const declared = (["resource", "data"] as const).flatMap((kind) =>
    Object.entries(objectAt(source[kind])).flatMap(([type, names]) =>
      Object.keys(objectAt(names)).map((name) => `${kind === "data" ? "data." : ""}${type}.${name}`),
    ),
  );
  const addresses = listAt(planned.resources).map((resource) => textAt(objectAt(resource).address) ?? "");
  return [...declared].sort().join() === [...addresses].sort().join();
}
