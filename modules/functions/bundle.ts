import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Construct } from "constructs";
import type { Bundle, BundleManifest } from "../../definition/bundle-manifest";
import { ConfigurationError } from "../../definition/configuration-error";
import { recordFinding } from "../checks/findings";

/** Context key of the App: true replaces every bundle by a stub, so that tests need no bundling. */
export const STUB_BUNDLES = "headgate:stubBundles";

/** A zip that `headgate bundle` made, ready to deploy. */
export interface FunctionBundle extends Omit<Bundle, "file" | "inputs"> {
  /** Absolute path of the zip; absent on a stub. */
  readonly zip?: string;
}

const MANIFEST = join("dist", "functions", "manifest.json");
const FIX = "run `npx headgate bundle`, or the script that does (`npm run bundle`)";

/**
 * The bundle of a function, by name, from `dist/functions/manifest.json` below the current folder.
 * Reports `BUNDLES_MISSING`, `BUNDLE_UNKNOWN` and `BUNDLE_STALE` at synth, with a stub in the place of the bundle: code that
 * differs from its source must not be deployed.
 */
export function findBundle(scope: Construct, name: string, root = process.cwd()): FunctionBundle {
  if (scope.node.tryGetContext(STUB_BUNDLES) === true) return stub(name);
  const found = readBundle(scope.node.path, name, root);
  if (!(found instanceof ConfigurationError)) return found;
  recordFinding(scope, found);
  return stub(name);
}

function readBundle(place: string, name: string, root: string): FunctionBundle | ConfigurationError {
  const manifest = readManifest(place, root);
  if (manifest instanceof ConfigurationError) return manifest;
  const bundle = manifest.bundles[name];
  if (bundle === undefined) {
    const known = Object.keys(manifest.bundles).sort().join(", ");
    return new ConfigurationError(
      "BUNDLE_UNKNOWN",
      place,
      `there is no bundle "${name}" in ${MANIFEST}, only ${known || "none"}`,
      `create functions/${name}/handler.ts and ${FIX}, or correct the name`,
    );
  }
  const { file, inputs: _inputs, ...built } = bundle;
  return staleness(place, name, bundle, root) ?? { zip: join(dirname(join(root, MANIFEST)), file), ...built };
}

function readManifest(place: string, root: string): BundleManifest | ConfigurationError {
  const path = join(root, MANIFEST);
  if (!existsSync(path)) {
    return new ConfigurationError("BUNDLES_MISSING", place, `${MANIFEST} does not exist`, FIX);
  }
  try {
    const manifest: BundleManifest = JSON.parse(readFileSync(path, "utf8"));
    return manifest;
  } catch (cause) {
    return new ConfigurationError("BUNDLES_MISSING", place, `${MANIFEST} is not valid JSON`, FIX, { cause });
  }
}

function staleness(place: string, name: string, bundle: Bundle, root: string): ConfigurationError | undefined {
  const zip = join(dirname(join(root, MANIFEST)), bundle.file);
  const changed = existsSync(zip)
    ? Object.entries(bundle.inputs).find(([file, hash]) => fileHash(join(root, file)) !== hash)?.[0]
    : bundle.file;
  if (changed === undefined) return undefined;
  return new ConfigurationError(
    "BUNDLE_STALE",
    place,
    `the bundle "${name}" is older than its source: ${changed} was changed or removed`,
    FIX,
  );
}

function fileHash(path: string): string | undefined {
  return existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : undefined;
}

function stub(name: string): FunctionBundle {
  return { sourceCodeHash: createHash("sha256").update(`stub of ${name}`).digest("base64"), handler: "index.handler" };
}
