import { resolve } from "node:path";
import { verifyArtifact } from "../deploy/artifact/verify-artifact";

export interface VerifyCommandOptions {
  /** What `headgate seal` printed. @default - any seal */
  readonly seal?: string;
}

/**
 * `headgate verify`: refuses an artifact in which a file has changed, is missing or was added, or that has expired.
 *
 * @throws ConfigurationError ARTIFACT_CHANGED, ARTIFACT_EXPIRED, ARTIFACT_MANIFEST_INVALID, ARTIFACT_SEAL_DIFFERS
 */
export function verifyCommand(projectRoot: string, folder: string, { seal }: VerifyCommandOptions): void {
  const { stack, files } = verifyArtifact({ folder: resolve(projectRoot, folder), seal, now: new Date() });
  const note = seal === undefined ? "; which seal they have was not asked (--seal)" : "";
  console.log(`${stack}: ${Object.keys(files).length} files are as they were sealed${note}`);
}
