import { createHash } from "node:crypto";

/** The first digits of the SHA-256 of a text, in hex. */
export function shortHash(text: string, digits = 8): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/**
 * A name of at most `limit` characters that is the same on every synth: too long ones keep their beginning and end in
 * a hash of the whole.
 */
export function boundedName(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const hash = shortHash(name);
  return `${name.slice(0, limit - hash.length - 1)}-${hash}`;
}

/** A text as part of a physical name: whatever AWS does not allow in names of roles and log groups becomes a hyphen. */
export function namePart(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_.-]+/g, "-");
}
