import { statSync } from "node:fs";
import { join } from "node:path";
import { bundleFunctions } from "./bundle/bundle-functions";

/** `headgate bundle`: bundles all functions and prints one line for each, then the time. */
export async function bundleCommand(projectRoot: string): Promise<void> {
  const started = performance.now();
  const outFolder = "dist/functions";
  const { bundles } = await bundleFunctions({ projectRoot, outFolder, onWarning: (warning) => console.warn(warning) });
  const millis = Math.round(performance.now() - started);

  const names = Object.keys(bundles);
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const [name, { file, sourceCodeHash }] of Object.entries(bundles)) {
    const kilobytes = Math.ceil(statSync(join(projectRoot, outFolder, file)).size / 1024);
    console.log(`${name.padEnd(width)}  ${`${kilobytes} KB`.padStart(8)}  ${sourceCodeHash.slice(0, 12)}`);
  }
  console.log(`${names.length} ${names.length === 1 ? "function" : "functions"} in ${outFolder}, ${millis} ms`);
}
