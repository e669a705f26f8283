import { extname, join } from "node:path";
import { compiledProgram } from "./compiled-program";

/**
 * JavaScript file of a program that runs in a child process: in the built package the compiled module itself, in a source
 * checkout one that is made of the TypeScript.
 *
 * @param entry path of the module in the package, without extension, as in `local/lambda/runtime/bootstrap`
 */
export function childProgram(entry: string): string {
  return extname(__filename) === ".js" ? join(__dirname, "..", `${entry}.js`) : compiledProgram(entry);
}
