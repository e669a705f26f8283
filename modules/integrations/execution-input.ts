import { jsonExpression } from "./mapping-text";
import { REQUEST_FACTS, type RequestContext } from "./request-context";

/** What of a request becomes the input of an execution. AWS CDK's names. */
export interface ExecutionInputOptions {
  /**
   * True hands the headers of the request on, as `header`. They stand in the history of the execution then, with all that
   * is secret in them.
   * @default false
   */
  readonly headers?: boolean;
  /**
   * Headers that are handed on alone, in any case, instead of `headers`.
   * @default - what `headers` says
   */
  readonly headerNames?: readonly string[];
  /**
   * True hands on what the authorizer of the method said, as `authorizer`.
   * @default false
   */
  readonly authorizer?: boolean;
  /**
   * Facts of the request that are handed on, as `requestContext`.
   * @default - none
   */
  readonly requestContext?: RequestContext;
  /** @default true */
  readonly path?: boolean;
  /** @default true */
  readonly querystring?: boolean;
}

/**
 * The request as a JSON text inside of a JSON string: everything is escaped once for either. The body comes first, so that
 * no body can stand for what API Gateway knows.
 */
export function executionInput(options: ExecutionInputOptions): string {
  const { headers = false, headerNames = [], path = true, querystring = true, authorizer = false } = options;
  const facts = REQUEST_FACTS.filter(([name]) => options.requestContext?.[name] === true);
  const members = [
    member("body", inner("$input.json('$')")),
    ...(headers ? [entriesOf("header", "$input.params().header")] : []),
    ...(headerNames.length > 0 ? [namedHeaders(headerNames)] : []),
    ...(path ? [entriesOf("path", "$input.params().path")] : []),
    ...(querystring ? [entriesOf("querystring", "$input.params().querystring")] : []),
    ...(authorizer ? [entriesOf("authorizer", "$context.authorizer")] : []),
    ...(facts.length > 0 ? [member("requestContext", object(facts))] : []),
  ];
  return `"{${members.join(", ")}}"`;
}

function member(name: string, value: string): string {
  return `\\"${name}\\": ${value}`;
}

function object(facts: readonly (readonly [string, string])[]): string {
  return `{${facts.map(([name, expression]) => member(name, innerString(expression))).join(", ")}}`;
}

/** Each map has a variable of its own: VTL leaves one as it was that is set to nothing, such as an authorizer that is not there. */
function entriesOf(name: string, map: string): string {
  const values = `$${name}Values`;
  const loop = `#foreach($name in ${values}.keySet())${entry(values)}#if($foreach.hasNext), #end#end`;
  return member(name, `{#set(${values} = ${map})${loop}}`);
}

/** Clients choose the case of headers. */
function namedHeaders(names: readonly string[]): string {
  const wanted = names.map((name) => `'${name.toLowerCase()}'`).join(", ");
  const loop =
    `#foreach($name in $headerValues.keySet())#if($wanted.contains($name.toLowerCase()))` +
    `$comma${entry("$headerValues")}#set($comma = ", ")#end#end`;
  const set = `#set($headerValues = $input.params().header)#set($wanted = [${wanted}])#set($comma = "")`;
  return member("header", `{${set}${loop}}`);
}

function entry(values: string): string {
  return `${innerString("$name")}: ${innerString(`${values}.get($name)`)}`;
}

/** A JSON value inside of the string. */
function inner(expression: string): string {
  return jsonExpression(expression).slice(1, -1);
}

/** A JSON string inside of the string. */
function innerString(expression: string): string {
  return `\\"${inner(jsonExpression(expression).slice(1, -1))}\\"`;
}
