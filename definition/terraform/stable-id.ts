import { createHash } from "node:crypto";

/** An id like those that AWS mints (lower-case letters and digits), but the same on every run. */
export function stableId(seed: string, length = 10): string {
  const digest = createHash("sha256").update(seed).digest("hex");
  return BigInt(`0x${digest}`).toString(36).slice(-length);
}
