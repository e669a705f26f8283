import type { BundleManifest } from "../../definition/bundle-manifest";
import { replaceFiles } from "./replace-files";

const MANIFEST = "manifest.json";

/**
 * Writes zips and manifest into `folder`, the manifest last, and deletes the zips that the manifest does not have. Zips that are
 * there already need not be written again.
 */
export async function writeBundles(
  folder: string,
  zips: ReadonlyMap<string, Uint8Array>,
  manifest: BundleManifest,
): Promise<void> {
  const files = new Map<string, Uint8Array | string>([
    ...zips,
    [MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`],
  ]);
  const kept = Object.values(manifest.bundles).map(({ file }) => file);
  await replaceFiles(folder, files, (name) => name.endsWith(".zip") && !kept.includes(name));
}
