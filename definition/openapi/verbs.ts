import { HTTP_METHODS, type HttpMethod } from "../method";
import { EXTENSION } from "./extensions";

/** Key of a verb in a path item: `get`, or the extension for ANY. */
export function verbKey(httpMethod: HttpMethod): string {
  return httpMethod === "ANY" ? EXTENSION.anyMethod : httpMethod.toLowerCase();
}

/** Key in a path item → verb, for all that API Gateway serves. */
export const VERBS: ReadonlyMap<string, HttpMethod> = new Map(HTTP_METHODS.map((verb) => [verbKey(verb), verb]));
