import { realpath } from "node:fs/promises";
import { join } from "node:path";
import type { BundleManifest } from "../../definition/bundle-manifest";
import { asConfigurationError, describe } from "./build-errors";
import { buildOnce } from "./build-once";
import { buildOptions } from "./build-options";
import { readSettings } from "./bundle-settings";
import { functionNames } from "./function-folders";
import { groupBySettings } from "./group-by-settings";
import { InputHashes } from "./input-hashes";
import { type PackedFunction, packFunctions } from "./pack-functions";
import { writeBundles } from "./write-bundles";
import { writeSourceMaps } from "./write-source-maps";

export interface BundleFunctionsOptions {
  /** Folder of the user's `package.json`. */
  readonly projectRoot: string;
  /** Folder with one folder per function, relative to the project root. @default "functions" */
  readonly functionsFolder?: string;
  /** Folder for zips and manifest, relative to the project root. @default "dist/functions" */
  readonly outFolder?: string;
  /** Folder for source maps of all functions, relative to the project root. @default - none are made */
  readonly mapsFolder?: string;
  /** Receives each of esbuild's warnings as one line. @default - warnings are dropped */
  readonly onWarning?: (warning: string) => void;
  /** Receives what each zip consists of. @default - nobody is told */
  readonly onPacked?: (packed: PackedFunction) => void;
}

/**
 * Bundles every `functions/<name>/handler.ts` into `dist/functions/<name>.zip` and writes `manifest.json` beside them.
 * The same sources and the same lock file give the same bytes in every folder, at every time.
 *
 * @throws ConfigurationError FUNCTIONS_FOLDER_MISSING, FUNCTION_FOLDER_NAME_INVALID, HANDLER_FILE_MISSING, HANDLER_DOES_NOT_COMPILE,
 * IMPORT_UNRESOLVED, and what `readSettings` and `packFunctions` throw; nothing is written then
 */
export async function bundleFunctions(options: BundleFunctionsOptions): Promise<BundleManifest> {
  const { functionsFolder = "functions", outFolder = "dist/functions", mapsFolder } = options;
  // esbuild reports real paths: with another spelling of the root, inputs would appear to lie outside of it.
  const projectRoot = await realpath(options.projectRoot);
  const names = await functionNames(projectRoot, functionsFolder);
  const groups = groupBySettings(names.map((name) => readSettings(projectRoot, functionsFolder, name)));

  const builds = groups.map((group) =>
    buildOptions(
      projectRoot,
      functionsFolder,
      group.map(({ name }) => name),
      group[0].settings,
      mapsFolder !== undefined,
    ),
  );
  const results = await buildOnce(builds).catch((error: unknown) => {
    throw asConfigurationError(error);
  });

  const hashes = new InputHashes(projectRoot);
  const packed: PackedFunction[] = [];
  for (const [index, result] of results.entries()) {
    for (const warning of result.warnings) options.onWarning?.(describe(warning));
    packed.push(...(await packFunctions(projectRoot, result, groups[index] ?? [], hashes)));
  }
  packed.sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const it of packed) options.onPacked?.(it);

  const bundles = Object.fromEntries(packed.map(({ name, bundle }) => [name, bundle]));
  const manifest: BundleManifest = { version: 1, bundles };
  const zips = new Map(packed.map(({ bundle, zip }) => [bundle.file, zip]));
  await writeBundles(join(projectRoot, outFolder), zips, manifest);
  if (mapsFolder !== undefined) await writeSourceMaps(join(projectRoot, mapsFolder), projectRoot, packed, manifest);
  return manifest;
}
