import { createHash } from "node:crypto";

/** Hash of a text or of bytes, in hexadecimal digits. */
export function hexSha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
