import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

/** How often looking is affordable: reading /proc takes some 30 µs, starting `ps` some milliseconds. */
export const MEMORY_WATCH_MILLIS = process.platform === "linux" ? 50 : 1000;

/** Resident memory of another process in bytes; 0 when it cannot be told (the process is gone, or the system has no `ps`). */
export async function residentMemoryBytes(pid: number): Promise<number> {
  if (process.platform === "linux") {
    try {
      const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
      return Number(kilobytes ?? 0) * 1024;
    } catch {
      return 0;
    }
  }
  return new Promise((resolve) => {
    execFile("ps", ["-o", "rss=", "-p", String(pid)], (error, stdout) => resolve(error ? 0 : Number(stdout) * 1024));
  });
}
