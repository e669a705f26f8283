import type { Json, JsonObject } from "../../definition/json";
import { isObject, objectAt } from "../../definition/json-access";

/** A zip that a plan uploads when it is applied. */
export interface CodeFile {
  /** Terraform address of the resource. */
  readonly address: string;
  /** As written: relative to the folder of the stack, or absolute. */
  readonly path: string;
  /** Base64 SHA-256 of the bytes that were planned. Undefined: the configuration does not say. */
  readonly hash: string | undefined;
}

/** The zips that the resources of a Terraform JSON upload. Paths that Terraform has to evaluate are left out. */
export function codeFilesOf(configuration: JsonObject): readonly CodeFile[] {
  return Object.entries(objectAt(configuration.resource)).flatMap(([type, resources]) =>
    Object.entries(objectAt(resources)).flatMap(([name, body]) => codeFileOf(`${type}.${name}`, body)),
  );
}

function codeFileOf(address: string, body: Json): readonly CodeFile[] {
  if (!isObject(body)) return [];
  const { filename, source_code_hash: hash } = body;
  if (typeof filename !== "string" || filename.includes("${")) return [];
  return [{ address, path: filename, hash: typeof hash === "string" && !hash.includes("${") ? hash : undefined }];
}
