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
  /**
   * Dropped: models are draft 4.
   * @default - draft 4
   */
  readonly schema?: JsonSchemaVersion;
  /**
   * Dropped.
   * @default - no id
   */
  readonly id?: string;
  /**
   * `#` for the model itself, `#/definitions/<name>` for one of its `definitions`, `#/components/schemas/<name>` or
   * `https://apigateway.amazonaws.com/restapis/<id>/models/<name>` for another model of the API.
   * @default - the schema is what stands here
   */
  readonly ref?: string;
  /**
   * The same as `ref`.
   * @default - `ref`
   */
  readonly $ref?: string;
  /**
   * Type of the value; of several, one.
   * @default - values of any type
   */
  readonly type?: JsonSchemaType | readonly JsonSchemaType[];
  /**
   * A name for people.
   * @default - no title
   */
  readonly title?: string;
  /**
   * Text for people. At the top of a schema it describes the model.
   * @default - no description
   */
  readonly description?: string;
  /**
   * All values that there are.
   * @default - any value
   */
  readonly enum?: readonly unknown[];
  /**
   * Dropped: API Gateway does not fill anything in.
   * @default - nothing stands in for an absent value
   */
  readonly default?: unknown;
  /**
   * A format of draft 4: `date-time`, `email`, `hostname`, `ipv4`, `ipv6`, `uri`. Others need a `pattern`.
   * @default - any text
   */
  readonly format?: string;
  /**
   * At the top of a schema only. Each becomes a model of the API under its own name.
   * @default - no definitions
   */
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  /**
   * Divisor of numbers, counted in decimals.
   * @default - any number
   */
  readonly multipleOf?: number;
  /**
   * Upper bound of numbers, which is let in.
   * @default - no upper bound
   */
  readonly maximum?: number;
  /**
   * True leaves `maximum` itself out. Of integers only.
   * @default false
   */
  readonly exclusiveMaximum?: boolean;
  /**
   * Lower bound of numbers, which is let in.
   * @default - no lower bound
   */
  readonly minimum?: number;
  /**
   * True leaves `minimum` itself out. Of integers only.
   * @default false
   */
  readonly exclusiveMinimum?: boolean;
  /**
   * Upper bound of the characters of a text.
   * @default - no upper bound
   */
  readonly maxLength?: number;
  /**
   * Lower bound of the characters of a text.
   * @default 0
   */
  readonly minLength?: number;
  /**
   * A regular expression without flags that a text must match somewhere.
   * @default - any text
   */
  readonly pattern?: string;
  /**
   * One schema for all items. A list is refused.
   * @default - items of any kind
   */
  readonly items?: JsonSchema | readonly JsonSchema[];
  /**
   * Dropped: it says something about a list of `items` only.
   * @default - nothing is said
   */
  readonly additionalItems?: boolean | JsonSchema;
  /**
   * Upper bound of the items of a list. May have no effect in an imported document: see `MODEL_ITEMS_UNCOUNTED`.
   * @default - no upper bound
   */
  readonly maxItems?: number;
  /**
   * Lower bound of the items of a list. May have no effect in an imported document: see `MODEL_ITEMS_UNCOUNTED`.
   * @default 0
   */
  readonly minItems?: number;
  /**
   * True refuses lists that hold an item twice.
   * @default false
   */
  readonly uniqueItems?: boolean;
  /**
   * Refused.
   * @default - nothing is said
   */
  readonly contains?: JsonSchema | readonly JsonSchema[];
  /**
   * Upper bound of the members of an object.
   * @default - no upper bound
   */
  readonly maxProperties?: number;
  /**
   * Lower bound of the members of an object.
   * @default 0
   */
  readonly minProperties?: number;
  /**
   * Names of members that must be there.
   * @default - all may be absent
   */
  readonly required?: readonly string[];
  /**
   * Schemas of members by name.
   * @default - members of any kind
   */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /**
   * Schema of the members that `properties` does not name; false refuses them.
   * @default true
   */
  readonly additionalProperties?: boolean | JsonSchema;
  /**
   * Refused.
   * @default - nothing is said
   */
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  /**
   * Refused.
   * @default - nothing is said
   */
  readonly dependencies?: Readonly<Record<string, JsonSchema | readonly string[]>>;
  /**
   * Refused.
   * @default - nothing is said
   */
  readonly propertyNames?: JsonSchema;
  /**
   * Schemas that a value must follow together.
   * @default - nothing is said
   */
  readonly allOf?: readonly JsonSchema[];
  /**
   * Schemas of which a value must follow one or more.
   * @default - nothing is said
   */
  readonly anyOf?: readonly JsonSchema[];
  /**
   * Schemas of which a value must follow exactly one.
   * @default - nothing is said
   */
  readonly oneOf?: readonly JsonSchema[];
  /**
   * A schema that a value must not follow.
   * @default - nothing is said
   */
  readonly not?: JsonSchema;
}

/** A schema without types, as JSON has it. Members that are undefined are absent. */
export function plainSchema(schema: object): Json {
  const plain: Json = JSON.parse(JSON.stringify(schema) ?? "null");
  return plain;
}
