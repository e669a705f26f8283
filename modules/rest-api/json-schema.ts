import type { Json } from "../../definition/json";

/** Types of JSON. Same names as AWS CDK's `JsonSchemaType`. */
export const JsonSchemaType = {
  /** Written as an `enum` of null, as OpenAPI 3.0 has no such type. */
  NULL: "null",
  BOOLEAN: "boolean",
  OBJECT: "object",
  ARRAY: "array",
  NUMBER: "number",
  INTEGER: "integer",
  STRING: "string",
} as const;
/** One of the types. */
export type JsonSchemaType = (typeof JsonSchemaType)[keyof typeof JsonSchemaType];

/** Versions of JSON Schema, as AWS CDK names them. Models are draft 4, whatever is said. */
export const JsonSchemaVersion = {
  DRAFT4: "http://json-schema.org/draft-04/schema#",
  DRAFT7: "http://json-schema.org/draft-07/schema#",
} as const;
/** One of the versions. */
export type JsonSchemaVersion = (typeof JsonSchemaVersion)[keyof typeof JsonSchemaVersion];

/**
 * A schema as AWS CDK writes it, and as models take it: JSON Schema with `schema` and `ref` for `$schema` and `$ref`.
 * `docs/models.md` says which keywords are rewritten, dropped and refused.
 * Source: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigateway.JsonSchema.html
 */
export interface JsonSchema {
  /** Dropped: models are draft 4. */
  readonly schema?: JsonSchemaVersion;
  /** Dropped. */
  readonly id?: string;
  /**
   * `#` for the model itself, `#/definitions/<name>` for one of its `definitions`, `#/components/schemas/<name>` or
   * `https://apigateway.amazonaws.com/restapis/<id>/models/<name>` for another model of the API.
   */
  readonly ref?: string;
  /** The same as `ref`. */
  readonly $ref?: string;
  readonly type?: JsonSchemaType | readonly JsonSchemaType[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  /** Dropped: API Gateway does not fill anything in. */
  readonly default?: unknown;
  /** A format of draft 4: `date-time`, `email`, `hostname`, `ipv4`, `ipv6`, `uri`. Others need a `pattern`. */
  readonly format?: string;
  /** Each becomes a model of the API under its own name. */
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly multipleOf?: number;
  readonly maximum?: number;
  /** Of integers only. */
  readonly exclusiveMaximum?: boolean;
  readonly minimum?: number;
  /** Of integers only. */
  readonly exclusiveMinimum?: boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  /** Without flags. */
  readonly pattern?: string;
  /** One schema for all items. A list is refused. */
  readonly items?: JsonSchema | readonly JsonSchema[];
  /** Dropped: it says something about lists of `items` only. */
  readonly additionalItems?: boolean | JsonSchema;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  /** Refused. */
  readonly contains?: JsonSchema | readonly JsonSchema[];
  readonly maxProperties?: number;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  /** Refused. */
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  /** Refused. */
  readonly dependencies?: Readonly<Record<string, JsonSchema | readonly string[]>>;
  /** Refused. */
  readonly propertyNames?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
}

/** A schema without types, as JSON has it. Members that are undefined are absent. */
export function plainSchema(schema: object): Json {
  const plain: Json = JSON.parse(JSON.stringify(schema));
  return plain;
}
