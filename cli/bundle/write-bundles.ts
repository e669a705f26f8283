import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BundleManifest } from "../../definition/bundle-manifest";

const MANIFEST = "manifest.json";

/**
 * Writes zips and manifest into `folder` and deletes the zips that the manifest does not have. Zips that are there already need
 * not be written again.
 *
 * Everything is written beside its place first and then renamed, the manifest last: a full disk or a crash leaves the previous bundles whole.
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
  await mkdir(folder, { recursive: true });
  try {
    await Promise.all([...files].map(([name, bytes]) => writeFile(temporary(folder, name), bytes)));
    for (const name of files.keys()) await rename(temporary(folder, name), join(folder, name));
  } catch (error) {
    await Promise.all([...files.keys()].map((name) => rm(temporary(folder, name), { force: true })));
    throw error;
  }
  const kept = Object.values(manifest.bundles).map(({ file }) => file);
  const stale = (await readdir(folder)).filter((name) => name.endsWith(".zip") && !kept.includes(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

function temporary(folder: string, name: string): string {
  return join(folder, `.${name}.${process.pid}.tmp`);
}
