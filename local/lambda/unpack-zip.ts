import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { type Unzipped, unzipSync } from "fflate";

/** A zip that cannot be unpacked; the message begins with the file. */
export class BrokenZip extends Error {
  override readonly name = "BrokenZip";
}

/** @throws BrokenZip for what is no zip, and for an entry that would lie outside of the folder it is unpacked to */
export function entriesOf(file: string, zip: Buffer): Unzipped {
  const entries = unzipped(file, zip);
  const outside = Object.keys(entries).find((name) => !resolve(ANY_FOLDER, name).startsWith(ANY_FOLDER + sep));
  if (outside !== undefined) throw new BrokenZip(`${file} has an entry outside of itself: ${outside}`);
  return entries;
}

const ANY_FOLDER = resolve("folder");

function unzipped(file: string, zip: Buffer): Unzipped {
  try {
    return unzipSync(zip);
  } catch (cause) {
    throw new BrokenZip(`${file} is not a zip`, { cause });
  }
}

/**
 * Writes entries below a folder that is not there. Without a pause, so that nobody ever sees half of it; when it fails, nothing
 * is there. Everything may be executed: what a zip says of it is not read.
 */
export function writeEntries(folder: string, entries: Unzipped): void {
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, bytes] of Object.entries(entries)) {
      if (!name.endsWith("/")) writeEntry(join(folder, name), bytes);
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function writeEntry(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  if (bytes[0] === 0x7f || bytes[0] === 0x23) chmodSync(path, 0o755);
}
