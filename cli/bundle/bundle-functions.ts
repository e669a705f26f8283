import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { BuildResult } from "esbuild";
import type { Bundle, BundleManifest } from "../../definition/bundle-manifest";
import { ConfigurationError } from "../../definition/configuration-error";
import { asConfigurationError, describe } from "./build-errors";
import { buildOnce } from "./build-once";
import { buildOptions, CODE_FILE, type FunctionsBuildOptions, HANDLER } from "./build-options";
import { functionNames } from "./function-folders";
import { InputHashes, inputFiles } from "./input-hashes";
import { writeBundles } from "./write-bundles";
import { zipFile } from "../../modules/functions/zip-file";

export interface BundleFunctionsOptions {
  /** Folder of the user's `package.json`. */
  readonly projectRoot: string;
  /** Folder with one folder per function, relative to the project root. @default "functions" */
  readonly functionsFolder?: string;
  /** Folder for zips and manifest, relative to the project root. @default "dist/functions" */
  readonly outFolder?: string;
  /** Receives each of esbuild's warnings as one line. @default - warnings are dropped */
  readonly onWarning?: (warning: string) => void;
}

/**
 * Bundles every `functions/<name>/handler.ts` into `dist/functions/<name>.zip` and writes `manifest.json` beside them.
 * The same sources and the same lock file give the same bytes in every folder, at every time.
 *
 * @throws ConfigurationError FUNCTIONS_FOLDER_MISSING, FUNCTION_FOLDER_NAME_INVALID, HANDLER_FILE_MISSING, HANDLER_DOES_NOT_COMPILE,
 * IMPORT_UNRESOLVED, HANDLER_EXPORT_MISSING; nothing is written then
 */
export async function bundleFunctions(options: BundleFunctionsOptions): Promise<BundleManifest> {
  const { functionsFolder = "functions", outFolder = "dist/functions" } = options;
  // esbuild reports real paths: with another spelling of the root, inputs would appear to lie outside of it.
  const projectRoot = await realpath(options.projectRoot);
  const names = await functionNames(projectRoot, functionsFolder);

  const result = await buildOnce(buildOptions(projectRoot, functionsFolder, names)).catch((error: unknown) => {
    throw asConfigurationError(error);
  });
  for (const warning of result.warnings) options.onWarning?.(describe(warning));

  const { manifest, zips } = await packFunctions(projectRoot, result);
  await writeBundles(join(projectRoot, outFolder), zips, manifest);
  return manifest;
}

/** What a build comes to, before anything is written. */
export interface PackedFunctions {
  readonly manifest: BundleManifest;
  /** File name → bytes. */
  readonly zips: ReadonlyMap<string, Uint8Array>;
}

/**
 * Packs the result of a build, or of the rebuild of a context with the same options.
 *
 * @throws ConfigurationError HANDLER_EXPORT_MISSING
 */
export async function packFunctions(
  projectRoot: string,
  result: BuildResult<FunctionsBuildOptions>,
): Promise<PackedFunctions> {
  const hashes = new InputHashes(projectRoot);
  const contents = new Map(result.outputFiles.map((file) => [file.path, file.contents]));
  const bundles: Record<string, Bundle> = {};
  const zips = new Map<string, Uint8Array>();
  for (const [path, output] of Object.entries(result.metafile.outputs).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const code = contents.get(join(projectRoot, path));
    if (!output.entryPoint || !code) continue;
    if (!output.exports.includes("handler")) throw exportMissing(output.entryPoint, output.exports);
    const name = basename(dirname(path));
    const zip = zipFile({ [CODE_FILE]: code });
    zips.set(`${name}.zip`, zip);
    bundles[name] = {
      file: `${name}.zip`,
      sourceCodeHash: createHash("sha256").update(zip).digest("base64"),
      handler: HANDLER,
      inputs: await hashes.of(inputFiles(projectRoot, output.entryPoint, result.metafile)),
    };
  }
  return { manifest: { version: 1, bundles }, zips };
}

function exportMissing(file: string, exported: readonly string[]): ConfigurationError {
  return new ConfigurationError(
    "HANDLER_EXPORT_MISSING",
    file,
    `a handler file must export "handler", got ${exported.length > 0 ? exported.map((name) => `"${name}"`).join(", ") : "no exports"}`,
    "export const handler = async (event) => …",
  );
}
