import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Construct } from "constructs";
import type { Bundle, BundleManifest } from "../../definition/bundle-manifest";
import { ConfigurationError } from "../../definition/configuration-error";

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
 * Throws `BUNDLES_MISSING`, `BUNDLE_UNKNOWN` and `BUNDLE_STALE`: code that differs from its source must not be deployed.
 */
export function findBundle(scope: Construct, name: string, root = process.cwd()): FunctionBundle {
  if (scope.node.tryGetContext(STUB_BUNDLES) === true) return stub(name);
  const place = scope.node.path;
  const manifest = readManifest(place, root);
  const bundle = manifest.bundles[name];
  if (bundle === undefined) {
    const known = Object.keys(manifest.bundles).sort().join(", ");
    throw new ConfigurationError(
      "BUNDLE_UNKNOWN",
      place,
      `there is no bundle "${name}" in ${MANIFEST}, only ${known || "none"}`,
      `create functions/${name}/handler.ts and ${FIX}, or correct the name`,
    );
  }
  refuseStale(place, name, bundle, root);
  const { file, inputs: _inputs, ...built } = bundle;
  return { zip: join(dirname(join(root, MANIFEST)), file), ...built };
}

function readManifest(place: string, root: string): BundleManifest {
  const path = join(root, MANIFEST);
  if (!existsSync(path)) {
    throw new ConfigurationError("BUNDLES_MISSING", place, `${MANIFEST} does not exist`, FIX);
  }
  try {
    const manifest: BundleManifest = JSON.parse(readFileSync(path, "utf8"));
    return manifest;
  } catch (cause) {
    throw new ConfigurationError("BUNDLES_MISSING", place, `${MANIFEST} is not valid JSON`, FIX, { cause });
  }
}

function refuseStale(place: string, name: string, bundle: Bundle, root: string): void {
  const zip = join(dirname(join(root, MANIFEST)), bundle.file);
  const changed = existsSync(zip)
    ? Object.entries(bundle.inputs).find(([file, hash]) => fileHash(join(root, file)) !== hash)?.[0]
    : bundle.file;
  if (changed === undefined) return;
  throw new ConfigurationError(
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
