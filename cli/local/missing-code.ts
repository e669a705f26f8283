import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isRunnable } from "../../local/lambda/functions";
import type { ServedVersion } from "./backends";

/** Files of functions and layers that are not where the infrastructure says, one text for each function that needs them. */
export function missingCode({ stack, stackFolder, config }: ServedVersion): readonly string[] {
  return stack.functions
    .filter(({ name }) => !isRunnable(config.functions[name]))
    .flatMap(({ name, packageFile, layers = [] }) => {
      const files = [packageFile, ...layers.map((layer) => layer.packageFile)].flatMap((file) => file ?? []);
      const missing = files.map((file) => resolve(stackFolder, file)).filter((file) => !existsSync(file));
      return missing.length === 0 ? [] : [`function "${name}" fails until there is ${missing.join(", ")}`];
    });
}
