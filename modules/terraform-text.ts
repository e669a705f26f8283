import { DefaultTokenResolver, Lazy, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../definition/configuration-error";
import type { Json, JsonObject } from "../definition/json";
import { isObject } from "../definition/json-access";
import { escapeTemplate } from "../definition/terraform/template";

/** A string in Terraform's template syntax, with the references that it holds. */
export interface TemplateText {
  readonly text: string;
  /** As written, `${aws_vpc_endpoint.main.id}`. */
  readonly references: readonly string[];
}

/**
 * Writes a string as a Terraform template: literals escaped (VTL and `${stageVariables.x}` are full of `${`), cdktf
 * string tokens as the references that they stand for. Nothing else is a reference.
 */
export function templateText(scope: IConstruct, value: string): TemplateText {
  if (!Token.isUnresolved(value)) return { text: escapeTemplate(value), references: [] };
  const references: string[] = [];
  let text = "";
  let position = 0;
  for (const token of Tokenization.reverseString(value).tokens) {
    const encoded = Token.asString(token);
    const start = value.indexOf(encoded, position);
    const resolved = resolveToken(scope, encoded);
    const isReference = resolved.includes("${");
    text += escapeTemplate(value.slice(position, start), isReference ? "reference" : "end");
    text += isReference ? resolved : escapeTemplate(resolved);
    if (isReference) references.push(resolved);
    position = start + encoded.length;
  }
  return { text: text + escapeTemplate(value.slice(position)), references };
}

/** A text as an attribute of a resource: the same text that the document of an API would hold. */
export function attributeText(scope: IConstruct, value: string): string {
  if (!Token.isUnresolved(value)) return escapeTemplate(value);
  return Lazy.stringValue({ produce: () => templateText(scope, value).text });
}

/** `attributeText` for all values of a map. */
export function attributeTexts(scope: IConstruct, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, attributeText(scope, value)]));
}

/** A JSON document whose strings are Terraform templates. */
export interface TemplateDocument<T> {
  readonly document: T;
  /** Distinct, in order of appearance. */
  readonly references: readonly string[];
}

/**
 * `templateText` over all keys and values of a JSON document. Throws `TOKEN_NOT_A_STRING` for list, map and number
 * tokens: their JSON form exists only after apply, so the document around them could not be written.
 */
export function templateDocument(scope: IConstruct, document: JsonObject): TemplateDocument<JsonObject> {
  const references = new Set<string>();

  function text(value: string): string {
    const template = templateText(scope, value);
    for (const reference of template.references) references.add(reference);
    return template.text;
  }

  function visit(value: Json, path: string): Json {
    if (isListToken(value)) throw notAString(scope, path, "list");
    if (typeof value === "number" && Token.isUnresolved(value)) throw notAString(scope, path, "number");
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map((item: Json, index) => visit(item, `${path}[${index}]`));
    if (isObject(value)) return visitObject(value, path);
    return value;
  }

  function visitObject(value: JsonObject, path: string): JsonObject {
    if (Token.isUnresolved(value)) throw notAString(scope, path, "map");
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), visit(item, `${path}.${key}`)]));
  }

  return { document: visitObject(document, "$"), references: [...references] };
}

/** The value when it is a literal, known at synth. */
export function literal(value: string | undefined): string | undefined {
  return value === undefined || Token.isUnresolved(value) ? undefined : value;
}

/** True for a literal, and for what only data sources and variables tell: a document that holds it is known in the plan. */
export function isKnownInPlan(scope: IConstruct, value: string): boolean {
  if (!Token.isUnresolved(value)) return true;
  return templateText(scope, value).references.every((reference) => /^\$\{(?:data|var)\./.test(reference));
}

function resolveToken(scope: IConstruct, encoded: string): string {
  const resolved: unknown = Tokenization.resolve(encoded, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    // A reference into another stack becomes an output there and a remote state here.
    preparing: true,
  });
  if (typeof resolved === "string" || typeof resolved === "number" || typeof resolved === "boolean") {
    return String(resolved);
  }
  throw notAString(scope, "a string", Array.isArray(resolved) ? "list" : "map");
}

function isListToken(value: Json): boolean {
  return Array.isArray(value) && value.some((item: Json) => Token.isUnresolved([item]) && !Token.isUnresolved(item));
}

function notAString(scope: IConstruct, path: string, kind: string): ConfigurationError {
  return new ConfigurationError(
    "TOKEN_NOT_A_STRING",
    scope.node.path,
    `${path} is a reference to a ${kind}, whose value exists only after apply`,
    "pass a literal, or a reference to a single string such as Fn.element(list, 0)",
  );
}
