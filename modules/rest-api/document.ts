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

/** Writes a definition as the document that API Gateway imports. Literals are escaped, cdktf tokens become references. */
export function writeDocument(api: IConstruct, definition: RestApiDefinition): ApiDocument {
  const { document, references } = templateDocument(api, toOpenApi(definition));
  return { body: canonicalJson(document), hash: definitionHash(document), references };
}
