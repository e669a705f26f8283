import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { fileDifferences } from "./file-differences";
import { filesIn } from "./files-in";
import { type ArtifactManifest, MANIFEST_FILE, parseManifest, sealOf } from "./manifest";

export interface VerifyArtifactProps {
  readonly folder: string;
  /** What sealing answered. Without it, who can write into the folder can write another manifest. @default - any */
  readonly seal?: string;
  /** The time at which the artifact must not have expired. */
  readonly now: Date;
}

const PLAN_AGAIN = "plan again, seal the new plan and apply that";

/**
 * Verifies that a folder holds what was sealed, byte for byte, and nothing else.
 *
 * @throws ConfigurationError ARTIFACT_CHANGED, ARTIFACT_EXPIRED, ARTIFACT_MANIFEST_INVALID, ARTIFACT_SEAL_DIFFERS
 */
export function verifyArtifact({ folder, seal, now }: VerifyArtifactProps): ArtifactManifest {
  const file = join(folder, MANIFEST_FILE);
  const text = readManifest(file);
  if (seal !== undefined && seal !== sealOf(text)) {
    const problem = `the artifact has the seal ${sealOf(text)}, and ${seal} is to be applied`;
    throw new ConfigurationError(
      "ARTIFACT_SEAL_DIFFERS",
      file,
      problem,
      "take the artifact that was sealed, or plan again",
    );
  }
  const manifest = parseManifest(text, file);
  const { [MANIFEST_FILE]: _, ...files } = filesIn(folder);
  const differences = fileDifferences(manifest.files, files);
  if (differences.length > 0) {
    throw new ConfigurationError("ARTIFACT_CHANGED", folder, differences.join("; "), PLAN_AGAIN);
  }
  if (Date.parse(manifest.expires) <= now.getTime()) {
    throw new ConfigurationError(
      "ARTIFACT_EXPIRED",
      file,
      `the plan was to be applied before ${manifest.expires}`,
      PLAN_AGAIN,
    );
  }
  return manifest;
}

function readManifest(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const fix = "name the folder that `headgate seal` wrote";
    throw new ConfigurationError("ARTIFACT_MANIFEST_INVALID", file, "there is no artifact here", fix, { cause });
  }
}
