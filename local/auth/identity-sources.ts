import { factText } from "../context";
import type { Exchange } from "../exchange";
import { headerValue } from "../http/headers";

type Source = (exchange: Exchange, name: string) => string | undefined;

/** Places that an authorizer may take an identity from. Names of headers are found in any case. */
const SOURCES: Readonly<Record<string, Source>> = {
  "method.request.header": ({ headers }, name) => headerValue(headers, name),
  "method.request.querystring": ({ query }, name) => query.filter(([known]) => known === name).at(-1)?.[1],
  stageVariables: ({ stage }, name) => stage.definition.variables[name],
  context: ({ facts }, name) => factText(facts, name),
};

/** What an authorizer's identity sources give for a request; an absent and a blank one are alike to API Gateway. */
export function identityValues(exchange: Exchange, identitySource = ""): ReadonlyMap<string, string | undefined> {
  const expressions = identitySource
    .split(",")
    .map((expression) => expression.trim())
    .filter((expression) => expression !== "");
  return new Map(expressions.map((expression) => [expression, identityValue(exchange, expression)]));
}

function identityValue(exchange: Exchange, expression: string): string | undefined {
  const prefix = Object.keys(SOURCES).find((known) => expression.startsWith(`${known}.`));
  const value = prefix && SOURCES[prefix]?.(exchange, expression.slice(prefix.length + 1));
  return value === undefined || value.trim() === "" ? undefined : value;
}
