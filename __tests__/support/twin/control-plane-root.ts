import type { Json, JsonObject } from "../../../definition/json";
import { escapeTemplate } from "../../../definition/terraform/template";
import { isObject, objectOr, text } from "./json-values";
import type { RestApiProperties } from "./rest-api";

/** Names that Terraform does not make of those of the control plane by writing them in snake_case. */
const RENAMED: Readonly<Record<string, string>> = {
  authorizationType: "authorization",
  providerARNs: "provider_arns",
  timeoutInMillis: "timeout_milliseconds",
};

type Blocks = Record<string, Record<string, JsonObject>>;

/**
 * What the control plane lists of an API that was made of single resources, as a Terraform root with literal ids: so that one
 * reader reads what is declared and what is there.
 */
export function controlPlaneRoot(properties: RestApiProperties, listed: JsonObject): JsonObject {
  const api = "api-id";
  const blocks: Blocks = {};
  const add = (type: string, members: JsonObject) => {
    const ofType = blocks[`aws_api_gateway_${type}`] ?? {};
    blocks[`aws_api_gateway_${type}`] = ofType;
    ofType[`item_${Object.keys(ofType).length}`] = { ...argumentsOf(members), rest_api_id: api };
  };
  for (const type of ["authorizer", "model"]) itemsOf(listed[`${type}s`]).forEach((item) => void add(type, item));
  for (const item of itemsOf(listed.requestValidators)) add("request_validator", item);
  for (const item of itemsOf(listed.gatewayResponses)) add("gateway_response", item);
  for (const resource of itemsOf(listed.resources)) {
    const { resourceMethods, path: _, ...members } = resource;
    if (resource.parentId !== undefined) add("resource", members);
    for (const method of itemsOf(resourceMethods)) addMethod(add, method, resource.id ?? null);
  }
  const root = itemsOf(listed.resources).find(({ path }) => path === "/");
  return { resource: { ...blocks, aws_api_gateway_rest_api: { api: apiBlock(properties, api, root?.id ?? null) } } };
}

function apiBlock(properties: RestApiProperties, id: string, rootResourceId: Json): JsonObject {
  const { endpointConfiguration, version: _, tags, ...members } = properties;
  const { types, vpcEndpointIds } = endpointConfiguration;
  return argumentsOf({
    ...members,
    description: properties.description ?? null,
    policy: properties.policy ?? null,
    minimumCompressionSize: properties.minimumCompressionSize ?? null,
    id,
    rootResourceId,
    executionArn: /arn:aws:execute-api:[^/]+/.exec(properties.policy ?? "")?.[0] ?? null,
    endpointConfiguration: { types, vpcEndpointIds },
    tags,
  });
}

function addMethod(add: (type: string, members: JsonObject) => void, method: JsonObject, resourceId: Json): void {
  const { methodIntegration, methodResponses, ...members } = method;
  const place = { resourceId, httpMethod: method.httpMethod ?? null };
  const { integrationResponses, httpMethod, ...integration } = objectOr(methodIntegration);
  add("method", { ...members, resourceId });
  if (isObject(methodIntegration)) {
    // Without a namespace of its own, an integration has that of its resource.
    const cacheNamespace = integration.cacheNamespace === resourceId ? null : (integration.cacheNamespace ?? null);
    add("integration", { ...integration, ...place, cacheNamespace, integrationHttpMethod: httpMethod ?? null });
  }
  for (const response of itemsOf(methodResponses)) add("method_response", { ...response, ...place });
  for (const response of itemsOf(integrationResponses)) add("integration_response", { ...response, ...place });
}

/** Items of a list, or the members of an object, as the control plane lists methods and responses. */
function itemsOf(listed: Json | undefined): readonly JsonObject[] {
  const items: readonly Json[] = Array.isArray(listed) ? listed : Object.values(objectOr(listed));
  return items.map(objectOr);
}

/** Members as arguments of a Terraform resource: renamed, escaped, without those that have no value. */
function argumentsOf(members: JsonObject): JsonObject {
  const entries = Object.entries(members).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [argumentName(name), argumentValue(name, value)]));
}

function argumentName(name: string): string {
  return RENAMED[name] ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Blocks whose members are arguments too. Keys of all other objects are data. */
const NESTED = ["endpointConfiguration", "tlsConfig"];

function argumentValue(name: string, value: Json): Json {
  return NESTED.includes(name) ? argumentsOf(objectOr(value)) : escaped(value);
}

function escaped(value: Json): Json {
  const literal = text(value);
  if (literal !== undefined) return escapeTemplate(literal);
  if (Array.isArray(value)) return value.map(escaped);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([key, member]) => [escapeTemplate(key), escaped(member)]));
}
