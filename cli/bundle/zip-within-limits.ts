import { ConfigurationError } from "../../definition/configuration-error";
import { excessOf } from "../../modules/functions/package-limits";
import { unzippedSize, type ZipEntries, zipFile } from "../../modules/functions/zip-file";
import { type BundleSettings, SETTINGS_FILE } from "./bundle-settings";

/**
 * The zip of a function, within Lambda's limits and its own budget.
 *
 * @param name of the function
 * @throws ConfigurationError BUNDLE_OVER_BUDGET, BUNDLE_TOO_LARGE
 */
export function zipWithinLimits(
  name: string,
  entries: ZipEntries,
  { maxSizeKilobytes }: Pick<BundleSettings, "maxSizeKilobytes">,
): Uint8Array {
  const unzipped = unzippedSize(entries.contents);
  if (unzipped > maxSizeKilobytes * 1024) {
    throw new ConfigurationError(
      "BUNDLE_OVER_BUDGET",
      `functions/${name}`,
      `the bundle "${name}" has ${Math.ceil(unzipped / 1024)} KB, its budget is ${maxSizeKilobytes} KB`,
      `look for what is large with headgate bundle --report, or raise maxSizeKilobytes in ${SETTINGS_FILE}`,
    );
  }
  refuseLarge(name, unzipped, 0);
  const zip = zipFile(entries);
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
