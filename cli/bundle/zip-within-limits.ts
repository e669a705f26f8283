import { ConfigurationError } from "../../definition/configuration-error";
import { excessOf, PACKAGE_LIMITS } from "../../modules/functions/package-limits";
import { zipFile } from "../../modules/functions/zip-file";
import { type BundleSettings, SETTINGS_FILE } from "./bundle-settings";

/** What goes into a zip. */
export interface ZipEntries {
  /** Path → bytes. */
  readonly contents: Readonly<Record<string, Uint8Array>>;
  readonly executables: ReadonlySet<string>;
}

/**
 * The zip of a function; stored, unless only compression keeps it below what can be uploaded.
 *
 * @param name of the function
 * @throws ConfigurationError BUNDLE_OVER_BUDGET, BUNDLE_TOO_LARGE
 */
export function zipWithinLimits(
  name: string,
  { contents, executables }: ZipEntries,
  { maxSizeKilobytes }: Pick<BundleSettings, "maxSizeKilobytes">,
): Uint8Array {
  const unzipped = Object.values(contents).reduce((sum, bytes) => sum + bytes.length, 0);
  if (unzipped > maxSizeKilobytes * 1024) {
    throw new ConfigurationError(
      "BUNDLE_OVER_BUDGET",
      `functions/${name}`,
      `the bundle "${name}" has ${Math.ceil(unzipped / 1024)} KB, its budget is ${maxSizeKilobytes} KB`,
      `look for what is large with headgate bundle --report, or raise maxSizeKilobytes in ${SETTINGS_FILE}`,
    );
  }
  refuseLarge(name, unzipped, 0);
  const zip = zipFile(contents, { executables, isDeflated: unzipped > PACKAGE_LIMITS.zipped });
  refuseLarge(name, unzipped, zip.length);
  return zip;
}

function refuseLarge(name: string, unzipped: number, zipped: number): void {
  const excess = excessOf({ zipped, unzipped });
  if (excess === undefined) return;
  throw new ConfigurationError(
    "BUNDLE_TOO_LARGE",
    `functions/${name}`,
    `the bundle "${name}" has ${excess}`,
    "look for what is large with headgate bundle --report; leave it out, or put it into a layer",
  );
}
