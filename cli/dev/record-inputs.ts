import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Runs before an app, by `--require`, in each of its threads: writes the files that the app reads to the file that the
 * variable names, one a line, as they are read, with what they are.
 */
const { HEADGATE_INPUTS_FILE: target } = process.env;
const INSTALLED = /[\\/]node_modules[\\/]/;
const append = fs.appendFileSync;
const known = new Set<string>();

function note(kind: "module" | "file" | "folder", path: unknown): void {
  if (target === undefined || !(typeof path === "string" || path instanceof URL)) return;
  const line = `${kind} ${path}\n`;
  if (known.has(line) || INSTALLED.test(line)) return;
  known.add(line);
  append(target, line);
}

/** Loaders of ES modules ask for URLs, apps for paths. */
function kindOf(path: unknown): "module" | "file" {
  return String(path).startsWith("file:") ? "module" : "file";
}

const { readFileSync, readdirSync, promises } = fs;
const { readFile } = promises;
Object.assign(fs, {
  readFileSync: (...args: Parameters<typeof readFileSync>) => {
    note(kindOf(args[0]), args[0]);
    return readFileSync(...args);
  },
  readdirSync: (...args: Parameters<typeof readdirSync>) => {
    note("folder", args[0]);
    return readdirSync(...args);
  },
});
Object.assign(promises, {
  readFile: (...args: Parameters<typeof readFile>) => {
    note(kindOf(args[0]), args[0]);
    return readFile(...args);
  },
});
syncBuiltinESMExports();

process.on("exit", () => {
  for (const path of Object.keys(require.cache)) note("module", path);
});
