import type { JsonObject } from "../../../definition/json";
import { toOpenApi } from "../../../definition/openapi/write";
import { readStackAtOnce } from "../../../definition/terraform/read-stack";
import { controlPlaneRoot } from "./control-plane-root";
import type { Snapshot } from "./rest-api";

/** The document that a snapshot was imported from, or that would make the same of an API of single resources. */
export function documentOf({ properties, document }: Snapshot): JsonObject {
  if (document.resources === undefined) return document;
  const [read] = readStackAtOnce(controlPlaneRoot(properties, document), "control-plane").apis;
  if (read === undefined) throw new Error(`"${properties.name}" could not be read back`);
  return toOpenApi(read.api);
}
