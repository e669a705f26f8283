import type { Json, JsonObject } from "../../json";
import { isList, isObject, textsAt } from "../../json-access";
import { markUnknown } from "../../unknown";
import { escapeTemplate } from "../template";

/**
 * A plan names what an expression refers to, and not the expression. Where an argument can only be one thing of what it refers
 * to, that is its value.
 */
export interface GuessContext {
  /** Address of the block, for what stays unknown. */
  readonly owner: string;
  readonly region: string;
  /** Names of the outputs of a called module. */
  readonly outputsOf: (module: string) => readonly string[];
  /** True where each argument may be a reference, as in the inputs of modules. */
  readonly passesOn: boolean;
}

/** Arguments that are an attribute of what they refer to, by the type of it; `*` is any other type. */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rest_api_id: { aws_api_gateway_rest_api: "id", "*": "rest_api_id" },
  api_id: { aws_api_gateway_rest_api: "id", "*": "rest_api_id" },
  resource_id: { aws_api_gateway_resource: "id", aws_api_gateway_rest_api: "root_resource_id", "*": "resource_id" },
  parent_id: { aws_api_gateway_resource: "id", aws_api_gateway_rest_api: "root_resource_id", "*": "resource_id" },
  authorizer_id: { aws_api_gateway_authorizer: "id", "*": "authorizer_id" },
  request_validator_id: { aws_api_gateway_request_validator: "id", "*": "request_validator_id" },
  deployment_id: { aws_api_gateway_deployment: "id", "*": "deployment_id" },
  usage_plan_id: { aws_api_gateway_usage_plan: "id", "*": "usage_plan_id" },
  key_id: { aws_api_gateway_api_key: "id", "*": "key_id" },
  connection_id: { aws_api_gateway_vpc_link: "id", "*": "id" },
  queue_url: { aws_sqs_queue: "url", "*": "url" },
  uri: { aws_lambda_function: "invoke_arn", aws_lambda_alias: "invoke_arn", "*": "uri" },
  authorizer_uri: { aws_lambda_function: "invoke_arn", aws_lambda_alias: "invoke_arn", "*": "authorizer_uri" },
  credentials: { aws_iam_role: "arn", "*": "credentials" },
  authorizer_credentials: { aws_iam_role: "arn", "*": "authorizer_credentials" },
  provider_arns: { aws_cognito_user_pool: "arn", "*": "arn" },
  layers: { aws_lambda_layer_version: "arn", "*": "arn" },
  role: { aws_iam_role: "arn", "*": "arn" },
  function_name: { aws_lambda_function: "function_name", "*": "function_name" },
  http_method: { "*": "http_method" },
  status_code: { "*": "status_code" },
  stage_name: { "*": "stage_name" },
  stage: { "*": "stage_name" },
  name: { "*": "name" },
};

const LISTS: ReadonlySet<string> = new Set(["provider_arns", "layers"]);
const FUNCTION_URIS: ReadonlySet<string> = new Set(["uri", "authorizer_uri"]);

/** A body, or blocks inside of it, of the configuration of a plan, as Terraform JSON. */
export function guessBody(expressions: JsonObject, context: GuessContext): JsonObject {
  return Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, guessMember(name, expression, context)]),
  );
}

function guessMember(name: string, expression: Json, context: GuessContext): Json {
  if (isList(expression)) return expression.map((block) => (isObject(block) ? guessBody(block, context) : null));
  if (!isObject(expression)) return null;
  return isExpression(expression) ? guessExpression(name, expression, context) : guessBody(expression, context);
}

function isExpression(value: JsonObject): boolean {
  return Object.keys(value).every((key) => key === "constant_value" || key === "references");
}

/** The value of an argument, or a text that says what it refers to. */
export function guessExpression(name: string, expression: JsonObject, context: GuessContext): Json {
  if (expression.constant_value !== undefined) {
    // Of a configuration in JSON, a plan takes templates for constants, as they are written.
    return expression.references === undefined ? literal(expression.constant_value) : expression.constant_value;
  }
  const references = wholeReferences(textsAt(expression.references));
  const keys = references.filter((reference) => /^(?:each\.|count\.)/.test(reference));
  const others = references.filter((reference) => !keys.includes(reference) && !reference.startsWith("path."));
  const unknown = markUnknown({
    address: context.owner,
    attribute: references.length === 0 ? name : `${name} (from ${references.join(", ").replaceAll('"', "'")})`,
  });
  if (ATTRIBUTES[name] === undefined && !context.passesOn) return unknown;
  const [reference] = FUNCTION_URIS.has(name) ? functionFirst(others) : others;
  const isOne = others.length === 1 || (FUNCTION_URIS.has(name) && reference !== undefined && isOfFunction(reference));
  if (reference === undefined) return keys.length === 1 ? `\${${keys[0]}}` : unknown;
  // Local values are in no plan.
  if (!isOne || reference.startsWith("local.")) return unknown;
  const source = withAttribute(name, withKey(reference, keys), context);
  if (source === undefined) return unknown;
  if (LISTS.has(name)) return [`\${${source}}`];
  if (FUNCTION_URIS.has(name) && /^aws_lambda_\w+\..*\.(?:qualified_)?arn$/.test(source)) {
    return `arn:aws:apigateway:${context.region}:lambda:path/2015-03-31/functions/\${${source}}/invocations`;
  }
  return `\${${source}}`;
}

/** Each reference stands before what it is an attribute of. */
function wholeReferences(references: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const reference of references) {
    const last = whole.at(-1);
    const isPart = last !== undefined && (last.startsWith(`${reference}.`) || last.startsWith(`${reference}[`));
    if (!isPart && !whole.includes(reference)) whole.push(reference);
  }
  return whole;
}

function functionFirst(references: readonly string[]): readonly string[] {
  return [...references].sort((left, right) => Number(isOfFunction(right)) - Number(isOfFunction(left)));
}

function isOfFunction(reference: string): boolean {
  return reference.startsWith("aws_lambda_") || /invoke_arn$/.test(reference);
}

/** A key that is an expression is no part of the reference, but stands beside it, and what comes behind is lost. */
function withKey(reference: string, keys: readonly string[]): string {
  const isWholeBlock = /^(?:data\.)?[\w-]+\.[\w-]+$/.test(reference) && !/^(?:var|local|each|count)\./.test(reference);
  if (!isWholeBlock) return reference;
  const [key] = keys;
  return key === undefined ? `one(${reference}[*])` : `${reference}[${key}]`;
}

function withAttribute(name: string, source: string, { outputsOf }: GuessContext): string | undefined {
  const [, block = ""] = /^(?:one\()?((?:data\.)?[\w-]+\.[\w-]+)/.exec(source) ?? [];
  const needsAttribute = source.startsWith("one(") || /^[\w-]+\.[\w-]+\[(?:each|count)\.[\w.-]+\]$/.test(source);
  if (!needsAttribute) return source;
  if (!block.startsWith("module.")) {
    const row = ATTRIBUTES[name] ?? {};
    const attribute = row[block.split(".")[0] ?? ""] ?? row["*"];
    return attribute === undefined ? undefined : `${source}.${attribute}`;
  }
  const outputs = outputsOf(block.slice("module.".length));
  const fitting = outputs.filter(
    (output) => output === name || (FUNCTION_URIS.has(name) && output.includes("invoke_arn")),
  );
  const [output] = outputs.length === 1 ? outputs : fitting;
  return output === undefined ? undefined : `${source}.${output}`;
}

function literal(value: Json): Json {
  if (typeof value === "string") return escapeTemplate(value);
  if (isList(value)) return value.map(literal);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [escapeTemplate(key), literal(member)]));
}
