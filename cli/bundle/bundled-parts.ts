import type { Metafile } from "esbuild";

/** What a zip holds of one package, or of the project itself. */
export interface Part {
  /** Name of the package; `(own code)` for the project. */
  readonly name: string;
  readonly bytes: number;
}

const PACKAGE = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/g;

/** Bytes of code by the package that they come from. */
export function bundledParts(output: Metafile["outputs"][string]): readonly Part[] {
  const sizes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = [...path.matchAll(PACKAGE)].at(-1)?.[1] ?? "(own code)";
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  return [...sizes].map(([name, bytes]) => ({ name, bytes }));
}
