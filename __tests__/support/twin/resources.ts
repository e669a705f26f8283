import { createHash } from "node:crypto";
import type { JsonObject } from "../../../definition/json";
import { objectOr } from "./json-values";
import type { RestApiRecord } from "./rest-api";

const ANY = "x-amazon-apigateway-any-method";

/** Keys of a path item that are operations. */
const VERBS: readonly string[] = ["get", "put", "post", "delete", "patch", "head", "options", ANY];

/** One operation of a document. */
export interface DocumentOperation {
  readonly path: string;
  /** As API Gateway calls it: upper case, or `ANY`. */
  readonly verb: string;
  readonly operation: JsonObject;
  /** Parameters of the operation and of its path. */
  readonly parameters: readonly JsonObject[];
}

/** All operations of a document, in its order. */
export function operationsOf(document: JsonObject): DocumentOperation[] {
  return Object.entries(objectOr(document.paths)).flatMap(([path, value]) => {
    const item = objectOr(value);
    return Object.keys(item)
      .filter((key) => VERBS.includes(key))
      .map((key) => {
        const operation = objectOr(item[key]);
        const parameters = [item.parameters, operation.parameters].flatMap((list) => (Array.isArray(list) ? list : []));
        return { path, verb: key === ANY ? "ANY" : key.toUpperCase(), operation, parameters };
      });
  });
}

/** GetResources' answer for an imported document: every path and its parents, each with an id of its own. */
export function describeResources(api: RestApiRecord, document: JsonObject): JsonObject[] {
  const paths = new Map<string, Record<string, JsonObject>>([["/", {}]]);
  for (const path of Object.keys(objectOr(document.paths))) {
    const parts = path.split("/").filter(Boolean);
    for (const index of parts.keys()) {
      const upTo = `/${parts.slice(0, index + 1).join("/")}`;
      if (!paths.has(upTo)) paths.set(upTo, {});
    }
  }
  for (const { path, verb } of operationsOf(document)) {
    const methods = paths.get(path);
    if (methods) methods[verb] = {};
  }
  const idOf = (path: string) => idOfPath(api, path);
  return [...paths].map(([path, resourceMethods]): JsonObject => {
    const cut = path.lastIndexOf("/");
    const place: JsonObject =
      path === "/" ? {} : { parentId: idOf(path.slice(0, cut) || "/"), pathPart: path.slice(cut + 1) };
    return { id: idOf(path), path, ...place, ...(Object.keys(resourceMethods).length > 0 && { resourceMethods }) };
  });
}

/** Id of a path of an imported document. */
export function idOfPath(api: RestApiRecord, path: string): string {
  return path === "/" ? api.rootResourceId : shortHash(`${api.id} ${path}`);
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}
