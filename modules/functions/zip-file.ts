import { type Zippable, zipSync } from "fflate";
import { PACKAGE_LIMITS } from "./package-limits";

/** Read from local-time getters by fflate, hence made from local time: the same date in every time zone. */
const FIXED_DATE = new Date(1980, 0, 1);
const UNIX = 3;
/** Regular files that everybody can read: Lambda runs the code as another user than the one that unpacks it. */
const MODES = { plain: 0o100644 << 16, executable: 0o100755 << 16 };

/** What goes into a zip. */
export interface ZipEntries {
  /** Path with `/` → bytes. */
  readonly contents: Readonly<Record<string, Uint8Array>>;
  /** Entries that can be run, such as `bootstrap`. */
  readonly executables: ReadonlySet<string>;
}

/**
 * A zip whose bytes depend on names and contents alone: sorted entries, one date, two modes.
 *
 * Entries are stored, unless the zip could not be uploaded then: the bytes do not change with the compressor's version (which
 * would redeploy every function), and twenty zips take 20 ms instead of 200. Lambda counts the unpacked size.
 */
export function zipFile({ contents, executables }: ZipEntries): Uint8Array {
  const level = unzippedSize(contents) > PACKAGE_LIMITS.zipped ? 6 : 0;
  const entries: Zippable = {};
  for (const name of Object.keys(contents).sort()) {
    const bytes = contents[name];
    const attrs = executables.has(name) ? MODES.executable : MODES.plain;
    if (bytes) entries[name] = [bytes, { level, mtime: FIXED_DATE, os: UNIX, attrs }];
  }
  return zipSync(entries);
}

/** Bytes of all entries together. */
export function unzippedSize(contents: ZipEntries["contents"]): number {
  return Object.values(contents).reduce((sum, bytes) => sum + bytes.length, 0);
}
