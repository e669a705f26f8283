import { mkdir, rename, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";

const PACKAGE_ROOT = join(__dirname, "..");
const compiling = new Map<string, Promise<string>>();

/**
 * JavaScript file of a program that runs in a child process. In the built package that is the compiled module itself; in a
 * source checkout esbuild makes one from the TypeScript, because loading tsx would triple the start-up time of each child.
 *
 * @param entry path of the module below `local/`, without extension, as in `lambda/runtime/bootstrap`
 */
export function childProgram(entry: string): Promise<string> {
  if (extname(__filename) === ".js") return Promise.resolve(join(__dirname, `${entry}.js`));
  let file = compiling.get(entry);
  if (file === undefined) {
    file = compile(entry);
    compiling.set(entry, file);
  }
  return file;
}

async function compile(entry: string): Promise<string> {
  const { buildSync } = await import("esbuild");
  // At once: the asynchronous form leaves a process behind that waits for more.
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, `${entry}.ts`)],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
  });
  // Inside the checkout, so that the program finds the packages it requires.
  const folder = join(PACKAGE_ROOT, ".headgate", "child");
  const file = join(folder, `${entry.replaceAll("/", "-")}.cjs`);
  const draft = `${file}.${process.pid}`;
  await mkdir(folder, { recursive: true });
  await writeFile(draft, outputFiles[0]?.contents ?? "");
  await rename(draft, file);
  return file;
}
