import { factText } from "../context";
import type { Arrival } from "../exchange";
import type { BackendResponse } from "../host/host";
import { configurationFailure, GatewayError } from "../refusals/gateway-error";
import { findByJsonPath } from "../templates/json-path";
import { literalJson, parseLiterally } from "../templates/literal-number";
import { isRecord, type TemplateValue } from "../templates/values";

/** What parameter mappings read from. */
export interface MappingSource extends Arrival {
  /** Absent before routing. */
  readonly pathParameters?: Readonly<Record<string, string>>;
}

type Reader = (source: MappingSource, name: string, response?: BackendResponse) => readonly string[];

const last = (values: readonly string[]) => values.slice(-1);
const named = (lines: readonly (readonly [string, string])[], name: string) =>
  lines.filter(([candidate]) => candidate === name).map(([, value]) => value);
const defined = (value: string | undefined) => (value === undefined ? [] : [value]);

/** Sources by prefix; names are case-sensitive. */
const READERS: Readonly<Record<string, Reader>> = {
  "method.request.path": ({ pathParameters }, name) => defined(pathParameters?.[name]),
  "method.request.querystring": ({ query }, name) => last(named(query, name)),
  "method.request.multivaluequerystring": ({ query }, name) => named(query, name),
  "method.request.header": ({ headers }, name) => last(named(headers, name)),
  "method.request.multivalueheader": ({ headers }, name) => named(headers, name),
  "method.request.body": ({ request }, path) => readRequestBody(request.body, path),
  "integration.response.header": (_, name, response) => last(named(insensitive(response), name.toLowerCase())),
  "integration.response.multivalueheader": (_, name, response) => named(insensitive(response), name.toLowerCase()),
  "integration.response.body": (_, path, response) => readBody(response?.body ?? Buffer.alloc(0), path),
  context: ({ facts }, name) => defined(factText(facts, name)),
  stageVariables: ({ stage }, name) => defined(stage.definition.variables[name]),
};

/**
 * Evaluates the right side of a parameter mapping: a literal in single quotes, or a reference. What does not exist has
 * no values.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 *
 * @param response what the backend answered, for response mappings
 */
export function mappedValues(expression: string, source: MappingSource, response?: BackendResponse): readonly string[] {
  const [, literal] = /^'(.*)'$/s.exec(expression) ?? [];
  if (literal !== undefined) return [literal];
  const prefix = Object.keys(READERS).find((known) => expression === known || expression.startsWith(`${known}.`));
  const reader = prefix === undefined ? undefined : READERS[prefix];
  if (prefix === undefined || !reader) throw configurationFailure(`"${expression}" is no mapping expression`);
  return reader(source, expression.slice(prefix.length + 1), response);
}

function insensitive(response: BackendResponse | undefined): readonly (readonly [string, string])[] {
  return (response?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value] as const);
}

/** API Gateway looks at the first character; what does not look like JSON has no members. */
function readRequestBody(body: Buffer, path: string): readonly string[] {
  const text = body.toString().trim() || "{}";
  if (!/^[{["']/.test(text)) return path === "" ? [text] : [];
  if (tryParse(text) === undefined) throw new GatewayError("UNREADABLE_BODY");
  return readBody(Buffer.from(text), path);
}

/** The whole body, or what a JSONPath without `$.` finds in it; strings that hold JSON are looked into. */
function readBody(body: Buffer, path: string): readonly string[] {
  const text = body.toString() || "{}";
  if (path === "") return [text];
  let value: TemplateValue;
  try {
    value = parseLiterally(text) as TemplateValue;
  } catch (error) {
    throw configurationFailure("a body that is mapped to a parameter is no JSON", undefined, error);
  }
  const direct = findByJsonPath(`$.${path}`, value);
  return asText(direct ?? descend(value, path.split(".")));
}

function descend(value: TemplateValue, [key, ...rest]: readonly string[]): TemplateValue {
  if (key === undefined) return value;
  const container = typeof value === "string" ? tryParse(value) : value;
  return isRecord(container) && Object.hasOwn(container, key) ? descend(container[key], rest) : undefined;
}

function tryParse(text: string): TemplateValue {
  try {
    return parseLiterally(text) as TemplateValue;
  } catch {
    return undefined;
  }
}

function asText(value: TemplateValue): readonly string[] {
  if (value === undefined || value === null) return [];
  return [typeof value === "object" ? literalJson(value) : String(value)];
}
