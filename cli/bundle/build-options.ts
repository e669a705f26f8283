import { join } from "node:path";
import type { BuildOptions } from "esbuild";

/** Name of the one code file in a zip. The extension makes it a module wherever the zip is unpacked. */
export const CODE_FILE = "handler.mjs";

/** Lambda's `file.export` for {@link CODE_FILE}. */
export const HANDLER = "handler.handler";

/** What esbuild is asked for; the results of `build` and of a context's `rebuild` have this type. */
export type FunctionsBuildOptions = BuildOptions & { readonly write: false; readonly metafile: true };

/**
 * One esbuild call for all functions. Each entry is bundled whole, AWS SDK included, so that a function changes only with its own code
 * (code splitting would move code between functions) and never with the SDK of the runtime.
 *
 * ES modules, because the module builds of AWS SDK and Powertools can be tree-shaken (363 KB against 568 KB, loaded in 48 ms against 66 ms), top-level
 * await works and the metafile tells the exports; the banner gives bundled CommonJS packages the `require` that they need for Node's own modules.
 *
 * Always minified: it is the fastest choice (20 functions in 0.7 s against 0.9 s), and the only one without file paths in the code.
 * No source maps: they cost 0.3 s and double a zip.
 *
 * @param projectRoot real path, without symbolic links
 * @see https://esbuild.github.io/api/
 */
export function buildOptions(
  projectRoot: string,
  functionsFolder: string,
  names: readonly string[],
): FunctionsBuildOptions {
  return {
    absWorkingDir: projectRoot,
    entryPoints: names.map((name) => ({
      in: join(projectRoot, functionsFolder, name, "handler.ts"),
      out: `${name}/handler`,
    })),
    outdir: "out",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: "node22",
    format: "esm",
    mainFields: ["module", "main"],
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    minify: true,
    sourcemap: false,
    legalComments: "none",
    logLevel: "silent",
  };
}
