import { isRecord } from "../definition/json-access";

/** What the file system says, in words. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file (ENOENT)",
  EISDIR: "this is a folder (EISDIR)",
  EACCES: "this process may not read the file (EACCES)",
};

/** Why a file could not be read, in words. */
export function fileProblem(cause: unknown): string {
  const code = String(isRecord(cause) ? cause.code : cause);
  return PROBLEMS[code] ?? `the file cannot be read (${code})`;
}
