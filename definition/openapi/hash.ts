import { createHash } from "node:crypto";

import { canonicalJson } from "../canonical-json";
import type { Json, JsonObject } from "../json";
import { isObject } from "../json-access";
import { EXTENSION } from "./extensions";
import { mapValues } from "./members";

/**
 * Fingerprint (SHA-256, hex) of what a deployment of the document would serve. Title, description, documentation and tags
 * do not change what is served, so they stay out and do not redeploy.
 */
export function definitionHash(document: JsonObject): string {
  const { info, tags, [EXTENSION.documentation]: documentation, ...served } = document;
  const withoutProse = {
    ...served,
    ...(served.paths === undefined ? {} : { paths: mapObject(served.paths, pathItemWithoutProse) }),
  };
  return createHash("sha256").update(canonicalJson(withoutProse)).digest("hex");
}

function pathItemWithoutProse(item: Json): Json {
  return mapObject(item, (operation) => {
    if (!isObject(operation)) return operation;
    const { description, summary, tags, ...served } = operation;
    return served;
  });
}

function mapObject(value: Json, transform: (member: Json) => Json): Json {
  return isObject(value) ? mapValues(value, transform) : value;
}
