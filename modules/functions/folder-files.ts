import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ZipEntries } from "./zip-file";

/** What a folder holds. */
export interface FolderFiles extends ZipEntries {
  /** Links that lead to no file: to a folder, or nowhere. They are left out. */
  readonly links: readonly string[];
}

/**
 * All files below a folder, at any depth, also hidden ones. A link to a file is that file.
 *
 * @param isTaken asked for each file and folder by name
 */
export function folderFiles(folder: string, isTaken: (name: string) => boolean = () => true): FolderFiles {
  const contents: Record<string, Uint8Array> = {};
  const executables = new Set<string>();
  const links: string[] = [];

  function visit(below: string): void {
    for (const name of readdirSync(join(folder, below)).sort()) {
      if (!isTaken(name)) continue;
      const path = below === "" ? name : `${below}/${name}`;
      const isLink = lstatSync(join(folder, path)).isSymbolicLink();
      const found = statSync(join(folder, path), { throwIfNoEntry: false });
      if (isLink && !found?.isFile()) links.push(path);
      else if (found?.isDirectory()) visit(path);
      if (!found?.isFile()) continue;
      contents[path] = readFileSync(join(folder, path));
      if ((found.mode & 0o100) !== 0) executables.add(path);
    }
  }

  visit("");
  return { contents, executables, links };
}
