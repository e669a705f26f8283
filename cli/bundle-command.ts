import { statSync } from "node:fs";
import { join } from "node:path";
import { terminalLog } from "../local/log/create-log";
import type { Log } from "../local/log/entry";
import { bundleFunctions } from "./bundle/bundle-functions";
import type { PackedFunction } from "./bundle/pack-functions";

/** Lines of a report for each function. */
const PARTS_SHOWN = 8;

interface BundleCommandOptions {
  /** True prints what each bundle consists of. */
  readonly report?: boolean;
  /** Folder for source maps, relative to the project root. @default - none are made */
  readonly mapsFolder?: string;
  /** Takes what is printed. @default - the terminal */
  readonly log?: Log;
}

/** `headgate bundle`: bundles all functions and prints one line for each, then the time. */
export async function bundleCommand(
  projectRoot: string,
  { report = false, mapsFolder, log = terminalLog("pretty") }: BundleCommandOptions = {},
): Promise<void> {
  const started = performance.now();
  const note = (text: string) => log({ kind: "note", text });
  const outFolder = "dist/functions";
  const packed = new Map<string, PackedFunction>();
  const { bundles } = await bundleFunctions({
    projectRoot,
    outFolder,
    mapsFolder,
    onWarning: (text) => log({ kind: "warning", text }),
    onPacked: (it) => packed.set(it.name, it),
  });
  const millis = Math.round(performance.now() - started);

  const names = Object.keys(bundles);
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const [name, { file, sourceCodeHash }] of Object.entries(bundles)) {
    const size = kilobytes(statSync(join(projectRoot, outFolder, file)).size);
    note(`${name.padEnd(width)}  ${size}  ${sourceCodeHash.slice(0, 12)}`);
    if (report) reportOf(packed.get(name), width).forEach(note);
  }
  note(`${names.length} ${names.length === 1 ? "function" : "functions"} in ${outFolder}, ${millis} ms`);
}

function reportOf(packed: PackedFunction | undefined, width: number): readonly string[] {
  const parts = packed?.parts ?? [];
  const others = parts.slice(PARTS_SHOWN).reduce((sum, { bytes }) => sum + bytes, 0);
  const shown = parts.slice(0, PARTS_SHOWN).map(({ name, bytes }) => ({ name, bytes }));
  const rows = others === 0 ? shown : [...shown, { name: "(others)", bytes: others }];
  return rows.map(({ name, bytes }) => `${" ".repeat(width)}  ${kilobytes(bytes)}    ${name}`);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`.padStart(8);
}
