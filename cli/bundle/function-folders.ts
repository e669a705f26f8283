import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";

/** Folder below the functions folder whose code handlers share: it is no function. */
const SHARED_FOLDER = "shared";
const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Names of the functions of a project, sorted: every folder of `functionsFolder` but `shared` and hidden ones.
 *
 * @throws ConfigurationError FUNCTIONS_FOLDER_MISSING, FUNCTION_FOLDER_NAME_INVALID, HANDLER_FILE_MISSING
 */
export async function functionNames(projectRoot: string, functionsFolder: string): Promise<string[]> {
  const folder = join(projectRoot, functionsFolder);
  if (!(await isFolder(folder))) {
    throw new ConfigurationError(
      "FUNCTIONS_FOLDER_MISSING",
      projectRoot,
      `there is no folder "${functionsFolder}"`,
      `create ${functionsFolder}/<verb-noun>/handler.ts, or run the command in the project's root`,
    );
  }

  const candidates = (await readdir(folder)).filter((name) => name !== SHARED_FOLDER && !name.startsWith(".")).sort();
  const names = await filterAsync(candidates, (name) => isFolder(join(folder, name)));
  const misnamed = names.filter((name) => !KEBAB_CASE.test(name));
  if (misnamed.length > 0) {
    throw new ConfigurationError(
      "FUNCTION_FOLDER_NAME_INVALID",
      functionsFolder,
      `a function's folder must be named in kebab-case, got ${quoted(misnamed)}`,
      'use lower-case letters, digits and single hyphens, such as "get-order"',
    );
  }
  const empty = await filterAsync(names, async (name) => !(await isFile(join(folder, name, "handler.ts"))));
  if (empty.length > 0) {
    throw new ConfigurationError(
      "HANDLER_FILE_MISSING",
      functionsFolder,
      `there is no handler.ts in ${quoted(empty)}`,
      `add handler.ts, delete the folder, or move shared code to ${functionsFolder}/${SHARED_FOLDER}`,
    );
  }
  return names;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

async function filterAsync<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(test));
  return items.filter((_, index) => kept[index]);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
