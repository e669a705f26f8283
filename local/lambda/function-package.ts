import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import type { FunctionDefinition, LayerDefinition } from "../../definition/function";
import { hexSha256 } from "../../definition/hex-sha256";
import { withSourceMap } from "./source-maps";
import { BrokenZip, entriesOf, writeEntries } from "./unpack-zip";

/** Where a function's code is found. */
export interface PackageFolders {
  /** Folder that the files of the definition are relative to. */
  readonly stackFolder: string;
  /** Parent of what is unpacked. */
  readonly target: string;
  /** Folder with `.headgate/maps`. @default - there are no source maps */
  readonly projectRoot?: string;
}

/**
 * Unpacks the very zip that would be deployed. The folder is named for the content, so that each version is unpacked once
 * and running requests keep theirs.
 *
 * @returns the folder that plays `/var/task`
 * @throws ConfigurationError FUNCTION_PACKAGE_MISSING, FUNCTION_PACKAGE_INVALID
 */
export async function unpackFunction(
  { name, address }: FunctionDefinition,
  packageFile: string,
  { stackFolder, target, projectRoot }: PackageFolders,
): Promise<string> {
  const file = resolve(stackFolder, packageFile);
  const zip = await readZip(file, address, `the code of function "${name}"`);
  const hash = hexSha256(zip);
  const folder = join(target, hash.slice(0, 32));
  if (existsSync(folder)) return folder;
  const entries = checked(address, () => entriesOf(file, zip));
  writeEntries(folder, projectRoot === undefined ? entries : withSourceMap(entries, hash, projectRoot));
  return folder;
}

/**
 * Unpacks layers on top of each other, in order: a file of a later one replaces that of an earlier one.
 *
 * @returns the folder that plays `/opt`
 * @throws ConfigurationError FUNCTION_PACKAGE_MISSING, FUNCTION_PACKAGE_INVALID
 */
export async function unpackLayers(
  layers: readonly LayerDefinition[],
  { stackFolder, target }: PackageFolders,
): Promise<string | undefined> {
  const local = layers.flatMap(({ packageFile, name }) =>
    packageFile === undefined ? [] : [{ file: resolve(stackFolder, packageFile), name }],
  );
  if (local.length === 0) return undefined;
  const zips = await Promise.all(
    local.map(async ({ file, name }) => ({ file, name, zip: await readZip(file, name, `layer "${name}"`) })),
  );
  const folder = join(
    target,
    `opt-${hexSha256(Buffer.from(zips.map(({ zip }) => hexSha256(zip)).join())).slice(0, 32)}`,
  );
  if (existsSync(folder)) return folder;
  const layered = zips.map(({ file, name, zip }) => checked(name, () => entriesOf(file, zip)));
  writeEntries(folder, Object.assign({}, ...layered));
  return folder;
}

async function readZip(file: string, place: string, what: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    const fix = "run headgate bundle and synthesize again; of a plan, build it in the folder where Terraform runs";
    throw new ConfigurationError("FUNCTION_PACKAGE_MISSING", place, `${what} is not there: ${file}`, fix, { cause });
  });
}

function checked<Entries>(place: string, read: () => Entries): Entries {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof BrokenZip)) throw cause;
    throw new ConfigurationError("FUNCTION_PACKAGE_INVALID", place, cause.message, "run headgate bundle again", {
      cause,
    });
  }
}
