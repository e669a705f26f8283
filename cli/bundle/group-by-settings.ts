import { sharedOptions } from "./build-options";
import type { FunctionSettings } from "./bundle-settings";

/** Functions that esbuild treats alike: one call serves them all. */
export type FunctionGroup = readonly [FunctionSettings, ...FunctionSettings[]];

/** Groups functions by what esbuild is asked for. */
export function groupBySettings(functions: readonly FunctionSettings[]): readonly FunctionGroup[] {
  const groups = new Map<string, [FunctionSettings, ...FunctionSettings[]]>();
  for (const it of functions) {
    const key = JSON.stringify(sharedOptions(it.settings));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [it]);
    else group.push(it);
  }
  return [...groups.values()];
}
