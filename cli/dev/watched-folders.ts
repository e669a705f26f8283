import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * The folders that hold these files, and those around them up to the project root: a folder that is removed and made again is
 * noticed by the one around it.
 *
 * @param files absolute paths
 */
export function foldersOf(projectRoot: string, files: Iterable<string>): Set<string> {
  const folders = new Set([projectRoot]);
  for (const file of files) {
    let folder = dirname(file);
    while (!folders.has(folder)) {
      folders.add(folder);
      if (relative(projectRoot, folder).startsWith("..")) break;
      folder = dirname(folder);
    }
  }
  return folders;
}

/** A folder and all below it, but for installed packages and what is hidden. None when it is not there. */
export function folderTree(folder: string): readonly string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const own = below.filter(({ name }) => name !== "node_modules" && !name.startsWith("."));
    return [folder, ...own.flatMap(({ name }) => folderTree(join(folder, name)))];
  } catch {
    return [];
  }
}
