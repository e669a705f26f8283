import { execFileSync, spawnSync } from "node:child_process";

/** Ids of all processes that a process has started, and those that they have started. */
export function descendantsOf(pid: number): readonly number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const processes = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] =>
    processes.flatMap(([id = 0, parentId]) => (parentId === parent ? [id, ...below(id)] : []));
  return below(pid);
}

/** Whether a process is there, and not only its exit status. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}

/** Far longer than what is killed takes to end, also on a busy machine. */
const GONE_MILLIS = 20_000;

/** Resolves when none of them is running: what is killed takes a moment to end. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  const endsAt = Date.now() + GONE_MILLIS;
  while (pids.some(isRunning)) {
    if (Date.now() > endsAt) throw new Error(`still running: ${pids.filter(isRunning).join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
