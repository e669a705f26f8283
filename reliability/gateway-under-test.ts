import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { residentMemoryBytes } from "../local/lambda/resident-memory";

const COMMAND = join(__dirname, "..", "cli", "checkout.cjs");
const PROJECT = join(__dirname, "project");

/** A gateway in a process of its own, serving the project of this folder. */
export interface GatewayUnderTest {
  readonly port: number;
  readonly process: ChildProcess;
  /** Resident memory of the gateway alone. */
  memoryBytes(): Promise<number>;
  /** Lines of its output that report a bug. */
  bugs(): readonly string[];
  /** Resolves when a line matches that is printed from now on. */
  printed(line: RegExp): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts the gateway on a free port.
 *
 * @throws Error with its output when it ends before it serves
 */
export async function startGatewayUnderTest(): Promise<GatewayUnderTest> {
  const child = spawn(process.execPath, [COMMAND, "local", "--port", "0"], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const bugs: string[] = [];
  let start = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => bugs.push(text));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (start.length > 50_000) return;
      start += text;
      const [, found] = /^Headgate serves \S+ on http:\/\/[^:]+:(\d+)/m.exec(start) ?? [];
      if (found) resolve(Number(found));
    });
    child.once("exit", () => reject(new Error(`the gateway ended: ${start}${bugs.join("")}`)));
  });
  return {
    port,
    process: child,
    memoryBytes: () => residentMemoryBytes(child.pid ?? 0),
    printed: (line) =>
      new Promise((resolve) => {
        const look = (text: string) => {
          if (!line.test(text)) return;
          child.stdout.off("data", look);
          resolve();
        };
        child.stdout.on("data", look);
      }),
    bugs: () => bugs.filter((text) => !text.startsWith("warning")),
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = await exited;
      return typeof code === "number" ? code : null;
    },
  };
}
