import { createPrivateKey } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { type TokenIssuer, tokenIssuer } from "./token-issuer";

/** Where a project keeps the key that signs its local tokens; the folder is not under version control. */
const FILE = join(".headgate", "token-issuer.pem");

/**
 * The issuer of a project. Gateway and `headgate token` share it through a file that the first of them writes.
 *
 * @throws ConfigurationError `TOKEN_KEY_INVALID`
 */
export function projectTokenIssuer(projectRoot: string): TokenIssuer {
  const file = join(projectRoot, FILE);
  const known = readIssuer(file);
  if (known) return known;
  const made = tokenIssuer();
  mkdirSync(dirname(file), { recursive: true });
  keepOutOfGit(dirname(file));
  try {
    const pem = made.privateKey.export({ type: "pkcs8", format: "pem" });
    writeFileSync(file, pem, { mode: 0o600, flag: "wx" });
    return made;
  } catch (error) {
    // Another process was faster: its key counts.
    const other = readIssuer(file);
    if (other) return other;
    throw error;
  }
}

/** A project of somebody else need not know the folder. */
function keepOutOfGit(folder: string): void {
  writeFileSync(join(folder, ".gitignore"), "*\n");
}

function readIssuer(file: string): TokenIssuer | undefined {
  try {
    return tokenIssuer(createPrivateKey(readFileSync(file)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const problem = `the key that signs local tokens cannot be read: ${cause instanceof Error ? cause.message : cause}`;
    const fix = "delete the file; the next start makes a new one";
    throw new ConfigurationError("TOKEN_KEY_INVALID", file, problem, fix, { cause });
  }
}
