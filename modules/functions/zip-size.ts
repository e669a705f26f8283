import type { Construct } from "constructs";
import { unzipSync } from "fflate";
import { ConfigurationError } from "../../definition/configuration-error";
import { excessOf } from "./package-limits";

/** Throws `CODE_TOO_LARGE` for a zip that Lambda does not take, and `CODE_NOT_A_ZIP`. */
export function refuseLarge(scope: Construct, path: string, zip: Uint8Array): void {
  const excess = excessOf({ zipped: zip.length, unzipped: sizeWhenUnpacked(scope, path, zip) });
  if (excess === undefined) return;
  throw new ConfigurationError(
    "CODE_TOO_LARGE",
    scope.node.path,
    `"${path}" has ${excess}`,
    "leave out what the function does not need, or upload the zip to S3 and use Code.fromBucket",
  );
}

/** Read from the directory of the zip: nothing is unpacked. */
function sizeWhenUnpacked(scope: Construct, path: string, zip: Uint8Array): number {
  let size = 0;
  try {
    unzipSync(zip, {
      filter: ({ originalSize }) => {
        size += originalSize;
        return false;
      },
    });
  } catch (cause) {
    throw new ConfigurationError(
      "CODE_NOT_A_ZIP",
      scope.node.path,
      `"${path}" is neither a zip nor a folder`,
      "pass a zip, or the folder that holds the code",
      { cause },
    );
  }
  return size;
}
