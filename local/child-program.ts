import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";

const PACKAGE_ROOT = join(__dirname, "..");
const compiled = new Map<string, string>();

/**
 * JavaScript file of a program that runs in a child process. In the built package that is the compiled module itself; in a
 * source checkout esbuild makes one from the TypeScript, because loading tsx would triple the start-up time of each child.
 *
 * @param entry path of the module from `local/`, without extension, as in `lambda/runtime/bootstrap`
 */
export function childProgram(entry: string): string {
  if (extname(__filename) === ".js") return join(__dirname, `${entry}.js`);
  const file = compiled.get(entry) ?? compile(entry);
  compiled.set(entry, file);
  return file;
}

function compile(entry: string): string {
  // Inside the checkout, so that the program finds the packages it requires.
  const folder = join(PACKAGE_ROOT, ".headgate", "child");
  const file = join(folder, `${entry.replace(/^[./]+/, "").replaceAll("/", "-")}.cjs`);
  if (isFresh(file)) return file;
  // Loaded only when it is needed, and without a pause: a start waits for these programs longest.
  const { buildSync }: typeof import("esbuild") = require("esbuild");
  // The asynchronous form leaves a process behind that waits for more.
  const { outputFiles, metafile } = buildSync({
    entryPoints: [join(__dirname, `${entry}.ts`)],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    metafile: true,
    absWorkingDir: PACKAGE_ROOT,
  });
  const draft = `${file}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(draft, `${SOURCES_MARK}${JSON.stringify(Object.keys(metafile.inputs))}\n${outputFiles[0]?.text ?? ""}`);
  renameSync(draft, file);
  return file;
}

/** Begins the first line of a compiled program, which lists the files that it was made from. */
const SOURCES_MARK = "// ";

/** Whether a program is younger than all that it was made from. */
function isFresh(file: string): boolean {
  try {
    const [firstLine = ""] = readFileSync(file, "utf8").split("\n", 1);
    const sources: readonly string[] = JSON.parse(firstLine.slice(SOURCES_MARK.length));
    const madeAt = statSync(file).mtimeMs;
    return sources.every((source) => statSync(join(PACKAGE_ROOT, source)).mtimeMs < madeAt);
  } catch {
    return false;
  }
}
