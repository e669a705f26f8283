import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { filesIn } from "./files-in";
import { MANIFEST_FILE, manifestText, sealOf } from "./manifest";
import { plannedFiles } from "./planned-files";

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
 * @throws ConfigurationError ARTIFACT_FOLDER_TAKEN and those of `plannedFiles`
 */
export function sealArtifact({ stack, stackFolder, planFile, into, expires }: SealArtifactProps): string {
  const planned = plannedFiles(stackFolder, planFile);
  mkdirSync(into, { recursive: true, mode: 0o700 });
  if (readdirSync(into).length > 0) {
    const fix = "remove it, or name another with --into";
    throw new ConfigurationError("ARTIFACT_FOLDER_TAKEN", into, "the folder for the artifact is not empty", fix);
  }
  for (const { path, source } of planned) {
    const target = join(into, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    copyFileSync(source, target);
    chmodSync(target, 0o600);
  }
  const text = manifestText({ stack, expires: expires.toISOString(), files: filesIn(into) });
  writeFileSync(join(into, MANIFEST_FILE), text, { mode: 0o600 });
  return sealOf(text);
}
