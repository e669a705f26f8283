import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package finds itself by its name, because this code also runs from a program made of it. */
const PACKAGE_ROOT = dirname(require.resolve("headgate/package.json"));
const compiled = new Map<string, string>();

/**
 * One JavaScript file made of a program in a source checkout and of all its modules, made again when one of them is younger.
 * It starts in half the time that tsx takes to load them one by one.
 *
 * @param entry path of the program in the checkout, without extension, as in `local/lambda/runtime/bootstrap`
 */
export function compiledProgram(entry: string): string {
  const file = compiled.get(entry) ?? compile(entry);
  compiled.set(entry, file);
  return file;
}

function compile(entry: string): string {
  // Inside the checkout, so that the program finds the packages it requires.
  const folder = join(PACKAGE_ROOT, ".headgate", "programs");
  const file = join(folder, `${entry.replaceAll("/", "-")}.cjs`);
  if (isFresh(file)) return file;
  // Loaded only when it is needed, and without a pause: a start waits for these programs longest.
  const { buildSync }: typeof import("esbuild") = require("esbuild");
  // The asynchronous form leaves a process behind that waits for more.
  const { outputFiles, metafile } = buildSync({
    entryPoints: [join(PACKAGE_ROOT, `${entry}.ts`)],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    sourcemap: "inline",
    sourcesContent: false,
    metafile: true,
    absWorkingDir: PACKAGE_ROOT,
  });
  const draft = `${file}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(draft, `${outputFiles[0]?.text ?? ""}${SOURCES_MARK}${JSON.stringify(Object.keys(metafile.inputs))}`);
  renameSync(draft, file);
  return file;
}

/** Begins the last line of a compiled program, which lists the files that it was made from. */
const SOURCES_MARK = "\n// ";

/** Whether a program is younger than all that it was made from. */
function isFresh(file: string): boolean {
  try {
    const text = readFileSync(file, "utf8");
    const sources: readonly string[] = JSON.parse(text.slice(text.lastIndexOf(SOURCES_MARK) + SOURCES_MARK.length));
    const madeAt = statSync(file).mtimeMs;
    return sources.every((source) => statSync(join(PACKAGE_ROOT, source)).mtimeMs < madeAt);
  } catch {
    return false;
  }
}
