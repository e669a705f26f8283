import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BundleManifest } from "../../definition/bundle-manifest";
import type { PackedFunction } from "./pack-functions";

/**
 * Writes the source map of each function, named for the bytes of its zip: whoever has the zip finds the map, and never that of
 * another version. Maps of versions that the manifest does not have are deleted.
 */
export async function writeSourceMaps(
  folder: string,
  projectRoot: string,
  packed: readonly PackedFunction[],
  { bundles }: BundleManifest,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Functions with the same bytes share a map.
  const different = new Map(packed.map((it) => [it.bundle.sourceCodeHash, it]));
  await Promise.all([...different.values()].map((it) => writeSourceMap(folder, projectRoot, it)));
  const names = Object.values(bundles).map(({ sourceCodeHash }) => sourceMapName(sourceCodeHash));
  const stale = (await readdir(folder)).filter((name) => !names.includes(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

async function writeSourceMap(
  folder: string,
  projectRoot: string,
  { bundle, map, codePath }: PackedFunction,
): Promise<void> {
  if (map === undefined) return;
  const name = sourceMapName(bundle.sourceCodeHash);
  const draft = join(folder, `.${name}.${process.pid}.tmp`);
  await writeFile(draft, withSourceRoot(map, join(projectRoot, dirname(codePath))));
  await rename(draft, join(folder, name));
}

/** Base64 SHA-256 of a zip → name of its map. */
function sourceMapName(sourceCodeHash: string): string {
  return `${Buffer.from(sourceCodeHash, "base64").toString("hex")}.map`;
}

/** Makes the paths absolute, so that the map holds wherever it is copied to. Parsing the map would take as long as making it. */
function withSourceRoot(map: Uint8Array, folder: string): Buffer {
  const sourceRoot = JSON.stringify(`${pathToFileURL(folder).href}/`);
  const afterBrace = map.subarray(Buffer.from(map).indexOf("{") + 1);
  return Buffer.concat([Buffer.from(`{"sourceRoot":${sourceRoot},`), afterBrace]);
}
