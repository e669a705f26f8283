import { basename, join } from "node:path";
import type { Bundle, BundleManifest } from "../../definition/bundle-manifest";
import type { FunctionDefinition } from "../../definition/function";

/** Function → bundle that its zip is a copy of. */
export type BundleNames = ReadonlyMap<string, string>;

/**
 * Which bundle each function of a stack was synthesized with: the zip has its name and its bytes.
 *
 * @param manifest of the time of the synthesis
 */
export function bundleNamesOf(functions: readonly FunctionDefinition[], { bundles }: BundleManifest): BundleNames {
  const found = functions.flatMap(({ name, packageFile, sourceCodeHash }): (readonly [string, string])[] => {
    const bundle = Object.entries(bundles).find(
      ([, { file, sourceCodeHash: hash }]) => hash === sourceCodeHash && file === basename(packageFile ?? ""),
    );
    return bundle ? [[name, bundle[0]]] : [];
  });
  return new Map(found);
}

/** The functions with the code that is bundled now, as if they had been synthesized again. */
export function withFreshBundles(
  functions: readonly FunctionDefinition[],
  names: BundleNames,
  { bundles }: BundleManifest,
  bundlesFolder: string,
): readonly FunctionDefinition[] {
  return functions.map((fn) => {
    const bundle = bundles[names.get(fn.name) ?? ""];
    if (bundle === undefined) return fn;
    return { ...fn, packageFile: join(bundlesFolder, bundle.file), sourceCodeHash: bundle.sourceCodeHash };
  });
}

/** Whether a change of bundles changes more of a stack than code: a synthesis has to follow. */
export function changesStack(names: BundleNames, before: BundleManifest, after: BundleManifest): boolean {
  return [...new Set(names.values())].some((name) => facts(before.bundles[name]) !== facts(after.bundles[name]));
}

function facts(bundle: Bundle | undefined): string | undefined {
  if (bundle === undefined) return undefined;
  const { sourceCodeHash: _code, inputs: _inputs, ...others } = bundle;
  return JSON.stringify(others);
}
