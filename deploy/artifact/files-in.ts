import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hexSha256 } from "../../definition/hex-sha256";
import type { ContentByPath } from "./file-differences";

/**
 * SHA-256 of every file below a folder, by path with `/` between folders. What is neither file nor folder (a symbolic link may
 * point to other bytes a moment later) has its kind in the place of a hash, so that it equals no file.
 */
export function filesIn(folder: string, below = ""): ContentByPath {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return Object.fromEntries(
    entries.flatMap((entry): [string, string][] => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return Object.entries(filesIn(folder, path));
      return [[path, entry.isFile() ? hexSha256(readFileSync(join(folder, path))) : "no plain file"]];
    }),
  );
}
