import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder with all that lead to it. In place of `recursive`, with which Node.js 20 and 22 never come back from a folder
 * that cannot be made below `/proc`.
 *
 * @param mode permissions of each folder that is made @default - those of the process
 */
export function makeFolder(folder: string, mode?: number): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(dirname(folder), mode);
  mkdirSync(folder, { mode });
}
