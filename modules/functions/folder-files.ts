import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ZipEntries } from "./zip-file";

/**
 * All files below a folder, at any depth; links are left out.
 *
 * @param isTaken asked for each file and folder by name
 */
export function folderFiles(folder: string, isTaken: (name: string) => boolean = () => true): ZipEntries {
  const contents: Record<string, Uint8Array> = {};
  const executables = new Set<string>();

  function visit(below: string): void {
    for (const name of readdirSync(join(folder, below)).sort()) {
      if (!isTaken(name)) continue;
      const path = below === "" ? name : `${below}/${name}`;
      const found = lstatSync(join(folder, path));
      if (found.isDirectory()) visit(path);
      if (!found.isFile()) continue;
      contents[path] = readFileSync(join(folder, path));
      if ((found.mode & 0o100) !== 0) executables.add(path);
    }
  }

  visit("");
  return { contents, executables };
}
