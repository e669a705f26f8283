import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Unzipped } from "fflate";

/**
 * Where `headgate local` keeps source maps, relative to the project root: each named for the SHA-256 of the zip that it belongs to.
 * They are not in the zip, which is the one that is deployed.
 */
export const SOURCE_MAPS_FOLDER = ".headgate/maps";

/** What the bundler calls its one file of code. */
const CODE_FILES = ["handler.mjs", "handler.cjs"];

/**
 * The entries of an unpacked zip, with the source map of its code when there is one: Node.js and debuggers find it by the comment
 * that the copy of the code gets.
 *
 * @param zipHash hex SHA-256 of the zip
 */
export function withSourceMap(entries: Unzipped, zipHash: string, projectRoot: string): Unzipped {
  const name = CODE_FILES.find((file) => entries[file] !== undefined);
  const code = entries[name ?? ""];
  const map = readIfThere(join(projectRoot, SOURCE_MAPS_FOLDER, `${zipHash}.map`));
  if (name === undefined || code === undefined || map === undefined) return entries;
  const comment = `\n//# sourceMappingURL=${name}.map\n`;
  return { ...entries, [name]: Buffer.concat([code, Buffer.from(comment)]), [`${name}.map`]: map };
}

/** Whether the unpacked code has a source map beside it. */
export function hasSourceMap(folder: string): boolean {
  return CODE_FILES.some((file) => existsSync(join(folder, `${file}.map`)));
}

function readIfThere(file: string): Buffer<ArrayBuffer> | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
