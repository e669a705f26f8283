import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes files into a folder and deletes those that are out of date.
 *
 * Everything is written beside its place first and then renamed, in the order of `files`: a full disk or a crash leaves what was
 * there whole.
 *
 * @param files by name
 * @param isStale whether a file of this name may go
 */
export async function replaceFiles(
  folder: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  isStale: (name: string) => boolean,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    await Promise.all([...files].map(([name, content]) => writeFile(temporary(folder, name), content)));
    for (const name of files.keys()) await rename(temporary(folder, name), join(folder, name));
  } catch (error) {
    await Promise.all([...files.keys()].map((name) => rm(temporary(folder, name), { force: true })));
    throw error;
  }
  const stale = (await readdir(folder)).filter(isStale);
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

function temporary(folder: string, name: string): string {
  return join(folder, `.${name}.${process.pid}.tmp`);
}
