import { basename, dirname, join } from "node:path";
import type { BuildResult, Metafile } from "esbuild";
import type { Bundle } from "../../definition/bundle-manifest";
import { codeHash } from "../../definition/code-hash";
import { ConfigurationError } from "../../definition/configuration-error";
import { CODE_FILES, type FunctionsBuildOptions, HANDLER } from "./build-options";
import type { BundleSettings, FunctionSettings } from "./bundle-settings";
import { bundledParts, type Part } from "./bundled-parts";
import { type InputHashes, inputFiles } from "./input-hashes";
import { installModules } from "./node-modules";
import { zipWithinLimits } from "./zip-within-limits";

/** A function as it will be written. */
export interface PackedFunction {
  readonly name: string;
  readonly bundle: Bundle;
  readonly zip: Uint8Array;
  /** Source map of the code, when one was made. Its paths are relative to {@link PackedFunction.codePath}. */
  readonly map?: Uint8Array;
  /** Where esbuild would have written the code, relative to the project root. */
  readonly codePath: string;
  /** What the code consists of, the largest first. */
  readonly parts: readonly Part[];
}

/**
 * Packs the result of one build: code, source map and installed packages of each function.
 *
 * @throws ConfigurationError HANDLER_EXPORT_MISSING, BUNDLE_TOO_LARGE, BUNDLE_OVER_BUDGET, NODE_MODULE_MISSING, NODE_MODULE_NOT_LOCKED,
 * NODE_MODULE_OTHER_PLATFORM
 */
export async function packFunctions(
  projectRoot: string,
  result: BuildResult<FunctionsBuildOptions>,
  functions: readonly FunctionSettings[],
  hashes: InputHashes,
): Promise<readonly PackedFunction[]> {
  const contents = new Map(result.outputFiles.map((file) => [file.path, file.contents]));
  const packed: PackedFunction[] = [];
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const code = contents.get(join(projectRoot, path));
    const found = functions.find(({ name }) => name === basename(dirname(path)));
    if (output.entryPoint === undefined || code === undefined || found === undefined) continue;
    const { name, settings, files } = found;
    refuseWithoutHandler(output.entryPoint, settings, output.exports, code);

    const map = contents.get(`${join(projectRoot, path)}.map`);
    const modules = installModules(projectRoot, name, settings);
    const codeFile = CODE_FILES[settings.format];
    const packedMap = settings.sourceMap ? map : undefined;
    const own = { [codeFile]: code, ...(packedMap === undefined ? {} : { [`${codeFile}.map`]: packedMap }) };
    const entries = { contents: { ...own, ...modules.contents }, executables: modules.executables };
    const zip = zipWithinLimits(name, entries, settings);
    const inputs = inputFiles(projectRoot, output.entryPoint, result.metafile, settings, files);
    packed.push({
      name,
      zip,
      ...(map === undefined ? {} : { map }),
      codePath: path,
      parts: [...bundledParts(output), ...modules.parts].sort((left, right) => right.bytes - left.bytes),
      bundle: {
        file: `${name}.zip`,
        sourceCodeHash: codeHash(zip),
        handler: HANDLER,
        nodeMajor: Number(/\d+/.exec(settings.target)?.[0]),
        ...(modules.isNative ? { architecture: settings.architecture } : {}),
        ...(packedMap === undefined ? {} : { hasSourceMap: true }),
        inputs: await hashes.of(inputs),
      },
    });
  }
  return packed;
}

type Output = Metafile["outputs"][string];

function refuseWithoutHandler(
  file: string,
  { format }: BundleSettings,
  exported: Output["exports"],
  code: Uint8Array,
): void {
  const names = format === "esm" ? exported : commonJsExports(code);
  if (names.includes("handler")) return;
  throw new ConfigurationError(
    "HANDLER_EXPORT_MISSING",
    file,
    `a handler file must export "handler", got ${names.length > 0 ? names.map((name) => `"${name}"`).join(", ") : "no exports"}`,
    "export const handler = async (event) => …",
  );
}

/** esbuild's metafile has the exports of ES modules only, but its CommonJS code lists them for Node.js. */
function commonJsExports(code: Uint8Array): readonly string[] {
  const text = Buffer.from(code).toString();
  const [, list = ""] = /0\s*&&\s*\(?module\.exports\s*=\s*\{([^}]*)\}/.exec(text) ?? [];
  return list
    .split(",")
    .map((it) => it.trim().replace(/:.*$/, ""))
    .filter((it) => it !== "");
}
