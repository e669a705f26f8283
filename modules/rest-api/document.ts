import type { IConstruct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { definitionHash } from "../../definition/openapi/hash";
import { toOpenApi } from "../../definition/openapi/write";
import type { RestApiDefinition } from "../../definition/rest-api";
import { templateDocument } from "../terraform-text";

/** The document of an API, ready for Terraform. */
export interface ApiDocument {
  /** JSON whose strings are Terraform templates. */
  readonly body: string;
  /** Hex SHA-256 of what a deployment would serve, references as written. */
  readonly hash: string;
  /** What is known only at apply, as `${…}`. */
  readonly references: readonly string[];
}

/** The document of an API as written last, with the definition that it was written from. */
const written = new WeakMap<IConstruct, { readonly definition: string; readonly document: ApiDocument }>();

/**
 * Writes a definition as the document that API Gateway imports. Literals are escaped, cdktf tokens become references. A
 * synthesis asks some twenty times, so what was written from an equal definition is given again.
 */
export function writeDocument(api: IConstruct, definition: RestApiDefinition): ApiDocument {
  const text = JSON.stringify(definition);
  const last = written.get(api);
  if (last?.definition === text) return last.document;
  const { document, references } = templateDocument(api, toOpenApi(definition));
  const fresh = { body: canonicalJson(document), hash: definitionHash(document), references };
  written.set(api, { definition: text, document: fresh });
  return fresh;
}
