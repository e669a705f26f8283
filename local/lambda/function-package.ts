import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { type Unzipped, unzipSync } from "fflate";
import { ConfigurationError } from "../../definition/configuration-error";
import type { FunctionDefinition } from "../../definition/function";

/**
 * Unpacks the very zip that would be deployed. The folder is named for the content, so that each version is unpacked once
 * and running requests keep theirs.
 *
 * @param stackFolder folder that `packageFile` is relative to
 * @param target parent of the unpacked folders
 * @returns the folder that plays `/var/task`
 * @throws ConfigurationError FUNCTION_NOT_RUNNABLE, FUNCTION_PACKAGE_MISSING, FUNCTION_PACKAGE_INVALID
 */
export async function unpackFunction(fn: FunctionDefinition, stackFolder: string, target: string): Promise<string> {
  const file = resolve(stackFolder, packageFileOf(fn));
  const zip = await readFile(file).catch((cause: unknown) => {
    const problem = `the code of function "${fn.name}" is not there: ${file}`;
    throw new ConfigurationError(
      "FUNCTION_PACKAGE_MISSING",
      fn.address,
      problem,
      "run headgate bundle and synthesize again",
      {
        cause,
      },
    );
  });

  const folder = join(target, createHash("sha256").update(zip).digest("hex").slice(0, 32));
  if (!existsSync(folder)) writeEntries(folder, entriesOf(fn, file, zip), fn, file);
  return folder;
}

function packageFileOf(fn: FunctionDefinition): string {
  const { packageFile, runtime, name } = fn;
  if (packageFile !== undefined && (runtime === undefined || runtime.startsWith("nodejs"))) return packageFile;
  const what = runtime === undefined || runtime.startsWith("nodejs") ? "has no local zip" : `runs on ${runtime}`;
  const problem = `function "${name}" ${what}: only zips for Node.js run on localhost`;
  throw new ConfigurationError("FUNCTION_NOT_RUNNABLE", fn.address, problem, "give it a zip and a nodejs runtime");
}

function entriesOf(fn: FunctionDefinition, file: string, zip: Buffer): Unzipped {
  try {
    return unzipSync(zip);
  } catch (cause) {
    throw invalid(fn, `${file} is not a zip`, cause);
  }
}

/** Without a pause, so that a second environment of the same function never sees half of it. */
function writeEntries(folder: string, entries: Unzipped, fn: FunctionDefinition, file: string): void {
  for (const [name, bytes] of Object.entries(entries)) {
    const path = resolve(folder, name);
    if (!path.startsWith(folder + sep)) throw invalid(fn, `${file} has an entry outside of itself: ${name}`);
    if (name.endsWith("/")) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

function invalid(fn: FunctionDefinition, problem: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError("FUNCTION_PACKAGE_INVALID", fn.address, problem, "run headgate bundle again", {
    cause,
  });
}
