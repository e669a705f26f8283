import { type BuildResult, build, stop } from "esbuild";
import type { FunctionsBuildOptions } from "./build-options";

/**
 * Go's settings for esbuild's process: collect no garbage below 1 GiB, as esbuild's own command line does for builds that run once.
 * Measured with 20 functions: 0.7 s instead of 1.0 s, 460 MB instead of 400 MB at the peak.
 */
const RUN_ONCE: Readonly<Record<string, string>> = { GOGC: "off", GOMEMLIMIT: "1GiB" };

/**
 * All builds in one process of their own; results are in the order of `options`. What builds again and again (a context) must
 * not use it: it would keep a large heap.
 */
export async function buildOnce(
  options: readonly FunctionsBuildOptions[],
): Promise<readonly BuildResult<FunctionsBuildOptions>[]> {
  const added = Object.keys(RUN_ONCE).filter((name) => process.env[name] === undefined);
  for (const name of added) process.env[name] = RUN_ONCE[name];
  const building = Promise.all(options.map((it) => build(it)));
  // esbuild's process has inherited them by now; nothing else may.
  for (const name of added) delete process.env[name];
  try {
    return await building;
  } finally {
    await stop();
  }
}
