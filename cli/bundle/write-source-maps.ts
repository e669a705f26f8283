import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BundleManifest } from "../../definition/bundle-manifest";
import type { PackedFunction } from "./pack-functions";
import { replaceFiles } from "./replace-files";

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
  // Functions with the same bytes share a map.
  const maps = packed.flatMap(({ bundle, map, codePath }): (readonly [string, Buffer])[] =>
    map === undefined
      ? []
      : [[sourceMapName(bundle.sourceCodeHash), withSourceRoot(map, join(projectRoot, dirname(codePath)))]],
  );
  const names = Object.values(bundles).map(({ sourceCodeHash }) => sourceMapName(sourceCodeHash));
  await replaceFiles(folder, new Map(maps), (name) => !names.includes(name));
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
