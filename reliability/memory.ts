import { readFileSync } from "node:fs";
import { residentMemoryBytes } from "../local/lambda/resident-memory";

/**
 * Resident memory of a process, and of the largest of those that it started, in MiB. How many these are depends on how much
 * there is to do. Without Linux's /proc they are not known.
 */
export async function memoryOfFamily(pid: number): Promise<{ readonly own: number; readonly largestChild: number }> {
  const sizes = await Promise.all(childrenOf(pid).map(residentMemoryBytes));
  return { own: mebibytes(await residentMemoryBytes(pid)), largestChild: mebibytes(Math.max(0, ...sizes)) };
}

/** Ids of all processes below one; none without Linux's /proc. */
export function childrenOf(pid: number): number[] {
  try {
    const direct = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    return direct.flatMap((child) => [child, ...childrenOf(child)]);
  } catch {
    return [];
  }
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
