import { chmodSync, copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { makeFolder } from "../../definition/make-folder";
import { filesIn } from "./files-in";
import { MANIFEST_FILE, manifestText, sealOf } from "./manifest";
import { type PlannedFile, plannedFiles } from "./planned-files";

export interface SealArtifactProps {
  /** Name of the stack, as the manifest says it. */
  readonly stack: string;
  /** Folder of the synthesized stack, where the plan was made. */
  readonly stackFolder: string;
  /** What `terraform plan -out` wrote. */
  readonly planFile: string;
  /** Folder of the artifact: absent, or empty. */
  readonly into: string;
  /** When the artifact expires. */
  readonly expires: Date;
}

/**
 * Writes the artifact of a plan: all that `terraform apply plan` needs, in one folder, and a manifest of hashes. Plans hold the state,
 * and with it the values of API keys: only the owner may read the files.
 *
 * @returns the seal
 * @throws ConfigurationError ARTIFACT_FOLDER_TAKEN, ARTIFACT_FOLDER_UNUSABLE and those of `plannedFiles`
 */
export function sealArtifact({ stack, stackFolder, planFile, into, expires }: SealArtifactProps): string {
  const planned = plannedFiles(stackFolder, planFile);
  try {
    makeFolder(into, OWNER_ALONE);
    if (readdirSync(into).length > 0) throw isTaken(into);
    copyFiles(planned, into);
    const text = manifestText({ stack, expires: expires.toISOString(), files: filesIn(into) });
    writeFileSync(join(into, MANIFEST_FILE), text, { mode: 0o600 });
    return sealOf(text);
  } catch (error) {
    throw error instanceof ConfigurationError ? error : isUnusable(into, error);
  }
}

const OWNER_ALONE = 0o700;

function copyFiles(files: readonly PlannedFile[], into: string): void {
  for (const { path, source } of files) {
    const target = join(into, path);
    makeFolder(dirname(target), OWNER_ALONE);
    copyFileSync(source, target);
    chmodSync(target, 0o600);
  }
}

function isTaken(into: string): ConfigurationError {
  const fix = "remove it, or name another with --into";
  return new ConfigurationError("ARTIFACT_FOLDER_TAKEN", into, "the folder for the artifact is not empty", fix);
}

function isUnusable(into: string, cause: unknown): ConfigurationError {
  const problem = `the artifact cannot be written here: ${cause instanceof Error ? cause.message : cause}`;
  const fix = "name a folder that you may write to with --into";
  return new ConfigurationError("ARTIFACT_FOLDER_UNUSABLE", into, problem, fix, { cause });
}
