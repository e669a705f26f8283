import { readFileSync } from "node:fs";
import { extname, relative } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { isObject } from "../../definition/json-access";
import { parseJson } from "../../definition/json-text";
import { toJson } from "./spec/to-json";
import { parseYaml } from "./spec/yaml-text";

/**
 * An OpenAPI 3.0 or Swagger 2.0 document, with the extensions of API Gateway where it has them.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export abstract class ApiDefinition {
  /**
   * The document in a file, JSON (`.json`) or YAML (anything else). Its texts are literals.
   * @param path relative to the folder that synthesizes
   */
  static fromAsset(path: string): ApiDefinition {
    return new FileDefinition(path);
  }

  /** The document as an object. Its texts may hold cdktf tokens, as in the ARN of a function. */
  static fromInline(definition: object): ApiDefinition {
    return new InlineDefinition(definition);
  }

  /**
   * Throws `API_DEFINITION_SOURCE_UNSUPPORTED`: routes that only AWS can read could be neither checked nor planned, nor
   * served on localhost.
   */
  static fromBucket(bucket: unknown, key: string): never {
    throw new ConfigurationError(
      "API_DEFINITION_SOURCE_UNSUPPORTED",
      `ApiDefinition.fromBucket(…, "${key}")`,
      `the document would be known only when it is imported from ${typeof bucket === "string" ? bucket : "the bucket"}`,
      "download it when you build, and use ApiDefinition.fromAsset(path)",
    );
  }

  /** How messages name the document. */
  abstract readonly place: string;

  /** Throws `API_DEFINITION_MISSING` and `API_DEFINITION_INVALID`. */
  abstract load(): JsonObject;
}

class FileDefinition extends ApiDefinition {
  /** Relative, so that messages are the same on every machine. */
  readonly place: string;

  constructor(private readonly path: string) {
    super();
    this.place = relative(process.cwd(), path) || path;
  }

  load(): JsonObject {
    const { place } = this;
    const text = readText(this.path);
    const isJson = extname(place).toLowerCase() === ".json";
    const fix = isJson ? "correct the file" : "correct the file; names of JSON files end in .json";
    const parsed = isJson
      ? parseJson(text, { code: "API_DEFINITION_INVALID", place, fix })
      : toJson(parseYaml(text, place), place);
    return objectOf(parsed, place);
  }
}

class InlineDefinition extends ApiDefinition {
  readonly place = "ApiDefinition.fromInline";

  constructor(private readonly definition: object) {
    super();
  }

  load(): JsonObject {
    return objectOf(toJson(this.definition, this.place), this.place);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(
      "API_DEFINITION_MISSING",
      path,
      `the document cannot be read: ${reason}`,
      `correct the path; it is relative to ${process.cwd()}`,
      { cause },
    );
  }
}

function objectOf(value: Json, place: string): JsonObject {
  if (isObject(value) && Object.keys(value).length > 0) return value;
  const got = Array.isArray(value) ? "a list" : (JSON.stringify(value) ?? "nothing").slice(0, 40);
  throw new ConfigurationError(
    "API_DEFINITION_INVALID",
    place,
    `the document must be one object with openapi, info and paths, got ${got}`,
    'begin it with openapi: "3.0.1"',
  );
}
