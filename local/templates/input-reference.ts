import { once } from "../../definition/once";
import type { Exchange } from "../exchange";
import { findByJsonPath } from "./json-path";
import { literalJson, parseLiterally } from "./literal-number";
import { printed, TemplateObject, type TemplateRecord, type TemplateValue } from "./values";

/**
 * `$input`: the payload and the parameters of the method request. An empty payload reads as `{}`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function inputReference(exchange: Exchange, payload: string): TemplateObject {
  const body = payload === "" ? "{}" : payload;
  const parameters = once(() => parametersOf(exchange));
  const json = once(() => parseLeniently(body));
  return new TemplateObject(
    {
      path: (path) => findByJsonPath(printed(path), json()),
      json: (path) => literalJson(findByJsonPath(path === undefined ? "$" : printed(path), json()) ?? ""),
      params: (name) => (name === undefined ? parameters() : parameterNamed(printed(name), parameters())),
    },
    { body },
  );
}

/** Path, query string and headers, each a map with the last value of each name; names are case-sensitive. */
function parametersOf(exchange: Exchange): TemplateRecord {
  return {
    path: { ...exchange.pathParameters },
    querystring: Object.fromEntries(exchange.query),
    header: Object.fromEntries(exchange.headers),
  };
}

function parameterNamed(name: string, places: TemplateRecord): TemplateValue {
  const found = Object.values(places).find((place) => Object.hasOwn(place as TemplateRecord, name));
  return found === undefined ? "" : (found as TemplateRecord)[name];
}

/** A payload that is no JSON reads as one string. */
function parseLeniently(body: string): TemplateValue {
  try {
    return parseLiterally(body) as TemplateValue;
  } catch {
    return body;
  }
}
