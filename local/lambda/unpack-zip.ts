import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { type Unzipped, unzipSync } from "fflate";

/** A zip that cannot be unpacked; the message begins with the file. */
export class BrokenZip extends Error {
  override readonly name = "BrokenZip";
}

/** @throws BrokenZip */
export function entriesOf(file: string, zip: Buffer): Unzipped {
  try {
    return unzipSync(zip);
  } catch (cause) {
    throw new BrokenZip(`${file} is not a zip`, { cause });
  }
}

/**
 * Writes entries below a folder. Without a pause, so that nobody ever sees half of it. Everything may be executed: what a zip says
 * of it is not read.
 *
 * @throws BrokenZip when an entry would lie outside of the folder
 */
export function writeEntries(folder: string, entries: Unzipped, file: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(entries)) {
    const path = resolve(folder, name);
    if (!path.startsWith(folder + sep)) throw new BrokenZip(`${file} has an entry outside of itself: ${name}`);
    if (name.endsWith("/")) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    if (bytes[0] === 0x7f || bytes[0] === 0x23) chmodSync(path, 0o755);
  }
}
