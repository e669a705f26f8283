import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import { hexSha256 } from "../../definition/hex-sha256";
import { isObject, isRecord } from "../../definition/json-access";
import { parseJson } from "../../definition/json-text";

/** Name of the manifest in the folder of an artifact. */
export const MANIFEST_FILE = "headgate-artifact.json";

/** What an artifact holds: the one place that says what is to be applied. */
export interface ArtifactManifest {
  /** Name of the stack that was planned. */
  readonly stack: string;
  /** UTC, as in `2026-01-31T12:00:00.000Z`: afterwards the plan is to be made again. */
  readonly expires: string;
  /** SHA-256 in hexadecimal digits by path, with `/` between folders. All files but the manifest. */
  readonly files: Readonly<Record<string, string>>;
}

const FORMAT = 1;
const FIX = "plan again and seal the new plan";

/** The text of a manifest: equal manifests give equal texts. */
export function manifestText({ stack, expires, files }: ArtifactManifest): string {
  return `${canonicalJson({ expires, files, format: FORMAT, stack })}\n`;
}

/** The seal of an artifact: SHA-256 of its manifest. Who knows it knows every byte that is to be applied. */
export function sealOf(text: string): string {
  return hexSha256(text);
}

/**
 * Reads a manifest.
 *
 * @param place its file
 * @throws ConfigurationError ARTIFACT_MANIFEST_INVALID
 */
export function parseManifest(text: string, place: string): ArtifactManifest {
  const content = parseJson(text, { code: "ARTIFACT_MANIFEST_INVALID", place, fix: FIX });
  if (!isObject(content) || content.format !== FORMAT) throw invalid(place, `"format" must be ${FORMAT}`);
  const { stack, expires, files } = content;
  if (typeof stack !== "string") throw invalid(place, '"stack" must be the name of a stack');
  if (typeof expires !== "string" || Number.isNaN(Date.parse(expires))) {
    throw invalid(place, '"expires" must be a point in time');
  }
  if (!isHashes(files)) throw invalid(place, '"files" must be SHA-256 hashes by path');
  return { stack, expires, files };
}

function isHashes(value: unknown): value is Readonly<Record<string, string>> {
  return (
    isRecord(value) && Object.values(value).every((hash) => typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash))
  );
}

function invalid(place: string, problem: string): ConfigurationError {
  return new ConfigurationError("ARTIFACT_MANIFEST_INVALID", place, problem, FIX);
}
