import { spawn } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { isErrorCode } from "../../definition/error-code";
import type { CdktfProject } from "./cdktf-project";
import { MANIFEST_FILE, synthesizedStacks } from "./synthesized-stacks";

/** A `ConfigurationError` that the app printed before it ended. */
const REPORTED_MISTAKE = /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+): ([\s\S]*?)\n {2}at (.*)\n {2}fix: ([\s\S]*)$/m;

export interface SynthesizeOptions {
  /** Ends the app, and what it has started, before it has finished. @default - only the terminal does */
  readonly signal?: AbortSignal;
  /** Variables for the app. @default - those of this process alone */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs the app the way `cdktf synth` does, without the second that the cdktf CLI itself takes to start. What the app prints is
 * shown only when it fails.
 *
 * @throws ConfigurationError SYNTH_FAILED, SYNTH_WROTE_NOTHING, and the one that the app reports
 */
export async function synthesize(
  projectRoot: string,
  project: CdktfProject,
  { signal, env = {} }: SynthesizeOptions = {},
): Promise<void> {
  const startedAt = Date.now();
  const { status, output } = await run(project.app, projectRoot, { ...appEnvironment(project), ...env }, signal);
  signal?.throwIfAborted();
  if (status !== 0) throw failed(project, status, output);
  // File times are taken from a clock that may lag some milliseconds behind.
  if (writtenAt(resolve(projectRoot, project.output, MANIFEST_FILE)) < startedAt - 100) throw wroteNothing(project);
  removeStaleStacks(resolve(projectRoot, project.output));
}

/** cdktf leaves the folders of stacks that the app no longer declares, and somebody would apply them. */
function removeStaleStacks(outputFolder: string): void {
  const folders = synthesizedStacks(outputFolder).map(({ folder }) => folder);
  const parent = join(outputFolder, "stacks");
  if (!folders.every((folder) => dirname(folder) === parent)) return;
  for (const name of readdirSync(parent)) {
    if (!folders.includes(join(parent, name))) rmSync(join(parent, name), { recursive: true });
  }
}

/** The variables that the cdktf CLI sets for an app. Those for Terraform's own use are kept from it. */
function appEnvironment({ output, context }: CdktfProject): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_VAR_"));
  return {
    NODE_OPTIONS: "--max-old-space-size=4096",
    ...Object.fromEntries(inherited),
    CDKTF_OUTDIR: output,
    ...(context && { CDKTF_CONTEXT_JSON: JSON.stringify(context) }),
    SYNTH_HCL_OUTPUT: "false",
  };
}

function run(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<{ status: number; output: string }> {
  return new Promise((resolve, reject) => {
    // A group of its own: the shell ends without what it has started.
    const isGroup = signal !== undefined && process.platform !== "win32";
    const child = spawn(command, { shell: true, cwd, env, detached: isGroup, stdio: ["ignore", "pipe", "pipe"] });
    const stop = () => (isGroup && child.pid !== undefined ? process.kill(-child.pid, "SIGKILL") : child.kill());
    signal?.addEventListener("abort", stop);
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (status) => {
      signal?.removeEventListener("abort", stop);
      resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString().trim() });
    });
  });
}

/** When the app reports a mistake itself, its message says all. */
function failed({ app }: CdktfProject, status: number, output: string): ConfigurationError {
  const [, code, problem, place, fix] = REPORTED_MISTAKE.exec(output) ?? [];
  if (isErrorCode(code) && problem !== undefined && place !== undefined && fix !== undefined) {
    return new ConfigurationError(code, place, problem, fix);
  }
  return new ConfigurationError(
    "SYNTH_FAILED",
    "cdktf.json",
    `the app ended with status ${status}:\n${(withoutForeignFrames(output) || "(it printed nothing)").replace(/^/gm, "    ")}`,
    `correct the app until \`${app}\` succeeds`,
  );
}

/** Where Node.js and installed packages were when the app failed tells nobody what to correct. */
function withoutForeignFrames(output: string): string {
  const isForeign = (line: string) => /^\s+at .*(?:\bnode:|[\\/]node_modules[\\/])/.test(line);
  return output
    .split("\n")
    .filter((line) => !isForeign(line))
    .join("\n");
}

function writtenAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function wroteNothing({ app, output }: CdktfProject): ConfigurationError {
  const problem = `the app "${app}" succeeded but wrote nothing to ${output}`;
  const fix = "call app.synth() at its end, and leave outdir of the App alone";
  return new ConfigurationError("SYNTH_WROTE_NOTHING", "cdktf.json", problem, fix);
}
