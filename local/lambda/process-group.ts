import type { ChildProcess } from "node:child_process";

const isWindows = process.platform === "win32";
const living = new Set<ChildProcess>();

// A gateway that ends at once, as at the second Ctrl-C, must not leave a handler behind that loops without end.
process.once("exit", () => {
  for (const child of living) signalGroup(child, "SIGKILL");
});

/** Follows a process that leads a group: what it leaves behind when it ends, ends too, and all ends with the gateway. */
export function followGroup(child: ChildProcess): void {
  living.add(child);
  child.once("error", () => living.delete(child));
  child.once("exit", () => {
    living.delete(child);
    if (child.pid !== undefined && !isWindows) kill(-child.pid, "SIGKILL");
  });
}

/** To a process and all that it has started, unless it has ended. */
export function signalGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null && signalCode === null) kill(isWindows ? pid : -pid, signal);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
