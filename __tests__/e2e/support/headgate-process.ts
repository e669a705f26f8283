import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The checkout under test. */
export const REPOSITORY = join(__dirname, "..", "..", "..");

/** Lets Node.js run TypeScript, from any folder. */
export const TSX = pathToFileURL(require.resolve("tsx")).href;

export interface HeadgateOptions {
  /** @default - the repository, which is the reference project */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The command of the checkout. */
export const COMMAND = join(REPOSITORY, "cli", "checkout.cjs");

/** What a command printed until it ended. */
export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A gateway that says it is ready. */
export interface RunningGateway {
  /** Without stage, as in `http://127.0.0.1:40001`. */
  readonly url: string;
  readonly pid: number;
  /** Everything printed so far. */
  output(): string;
  /** Resolves when the output matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Finished>;
}

/** Longest time that a command takes which refuses to start. */
const REFUSAL_MILLIS = 30_000;

/** Runs `headgate` to its end; what does not end is killed, with a status of null. */
export async function runHeadgate(args: readonly string[], options: HeadgateOptions = {}): Promise<Finished> {
  const child = start(args, options);
  const timer = setTimeout(() => child.kill("SIGKILL"), REFUSAL_MILLIS);
  const finished = await capture(child).finished;
  clearTimeout(timer);
  return finished;
}

/** Starts `headgate local` on a free port and waits until it serves. */
export async function startGateway(args: readonly string[], options: HeadgateOptions = {}): Promise<RunningGateway> {
  const child = start(["local", "--port", "0", ...args], options);
  const { finished, output, printed } = capture(child);
  const failed = finished.then(({ status, stderr }) => {
    throw new Error(`headgate local ended with status ${status}: ${stderr}`);
  });
  failed.catch(() => {});
  const [, url = ""] = await Promise.race([
    printed(/(?:^Headgate serves \S+ on |"stages":\[")(http:\/\/[^/\s]+)/m),
    failed,
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    output,
    printed,
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return finished;
    },
  };
}

function start(args: readonly string[], { cwd = REPOSITORY, env = {} }: HeadgateOptions): ChildProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  return spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function capture(child: ChildProcess) {
  let stdout = "";
  let stderr = "";
  const watchers = new Set<() => void>();
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const watch of watchers) watch();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const watch of watchers) watch();
  });
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve) => {
      const watch = () => {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (!match) return;
        watchers.delete(watch);
        resolve(match);
      };
      watchers.add(watch);
      watch();
    });
  const finished = once(child, "close").then(([status]): Finished => ({ status, stdout, stderr }));
  return { finished, printed, output: () => stdout + stderr };
}
