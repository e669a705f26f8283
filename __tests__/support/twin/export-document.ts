import { GATEWAY_RESPONSE_STATUS, type GatewayResponseType } from "../../../definition/gateway-response";
import type { Json, JsonObject } from "../../../definition/json";
import { badRequest } from "./http";
import { objectOr, text, withoutUndefined } from "./json-values";
import { idOfPath, operationsOf } from "./resources";
import type { DeploymentRecord, RestApiRecord } from "./rest-api";

const EXTENSION = "x-amazon-apigateway-";
const ANY = `${EXTENSION}any-method`;

/** What is exported. */
export interface ExportSource {
  readonly api: RestApiRecord;
  readonly stageName: string;
  readonly deployment: DeploymentRecord;
  /** The snapshot as the document that it was imported from, or would be. */
  readonly document: JsonObject;
  /** Of the query: `integrations`, `authorizers`, `apigateway`. */
  readonly extensions: readonly string[];
}

/**
 * An export in OpenAPI 3.0. Only what routes use is in it: models, validators and authorizers that nobody names are not, nor are
 * descriptions, API key source, compression and what else an import takes that is no part of a route. What AWS has filled
 * in stands there. JSON bodies only.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html,
 * https://github.com/aws/aws-cli/issues/7633 (descriptions and tags are lost)
 */
export function exportDocument({ api, stageName, deployment, document, extensions }: ExportSource): JsonObject {
  const operations = operationsOf(document).map(({ path, verb, operation, parameters }) => ({
    path,
    verb,
    exported: exportOperation(api, path, operation, parameters),
  }));
  const paths: Record<string, Record<string, Json>> = {};
  for (const { path, verb, exported } of operations) {
    paths[path] = { ...paths[path], [verb === "ANY" ? ANY : verb.toLowerCase()]: exported };
  }
  const exported = operations.map((operation) => operation.exported);
  const full: JsonObject = withoutEmpty({
    openapi: "3.0.1",
    info: withoutUndefined({
      title: objectOr(document.info).title,
      version: new Date(deployment.createdDate * 1000).toISOString().replace(/\.\d+/, ""),
    }),
    servers: [
      {
        url: `https://${api.id}.execute-api.${api.region}.amazonaws.com/{basePath}`,
        variables: { basePath: { default: stageName } },
      },
    ],
    paths,
    components: withoutEmpty({
      schemas: usedSchemas(document, exported),
      securitySchemes: picked(
        objectOr(objectOr(document.components).securitySchemes),
        exported.flatMap(({ security }) =>
          listOf(security).flatMap((requirement) => Object.keys(objectOr(requirement))),
        ),
      ),
    }),
    [`${EXTENSION}gateway-responses`]: mapped(
      objectOr(document[`${EXTENSION}gateway-responses`]),
      exportGatewayResponse,
    ),
    [`${EXTENSION}policy`]: document[`${EXTENSION}policy`],
    [`${EXTENSION}binary-media-types`]: document[`${EXTENSION}binary-media-types`],
    [`${EXTENSION}request-validators`]: picked(
      objectOr(document[`${EXTENSION}request-validators`]),
      exported.flatMap((operation) => text(operation[`${EXTENSION}request-validator`]) ?? []),
    ),
  });
  return objectOr(withoutExtensions(full, extensions));
}

function exportOperation(
  api: RestApiRecord,
  path: string,
  operation: JsonObject,
  parameters: readonly JsonObject[],
): JsonObject {
  const { operationId, requestBody, responses, security } = operation;
  const integration = `${EXTENSION}integration`;
  const validator = `${EXTENSION}request-validator`;
  return withoutEmpty({
    operationId,
    parameters: parameters.map(({ name, in: place, required }) =>
      withoutUndefined({ name, in: place, required: required === true ? true : undefined, schema: { type: "string" } }),
    ),
    requestBody: withoutEmpty({
      content: exportContent(objectOr(objectOr(requestBody).content)),
      required: requestBody === undefined ? undefined : true,
    }),
    responses: mapped(objectOr(responses), (response, status) =>
      withoutEmpty({
        description: `${status} response`,
        headers: mapped(objectOr(objectOr(response).headers), () => ({ schema: { type: "string" } })),
        content: exportContent(objectOr(objectOr(response).content)),
      }),
    ),
    security,
    [validator]: operation[validator],
    [integration]: exportIntegration(api, path, objectOr(operation[integration])),
  });
}

function exportContent(content: JsonObject): JsonObject {
  if (Object.keys(content).some((type) => type !== "application/json"))
    throw badRequest("JSON body models are not found");
  return content;
}

function exportIntegration(api: RestApiRecord, path: string, integration: JsonObject): JsonObject {
  const hasCacheKey = listOf(integration.cacheKeyParameters).length > 0;
  return withoutUndefined({
    ...integration,
    type: text(integration.type)?.toLowerCase(),
    passthroughBehavior: text(integration.passthroughBehavior)?.toLowerCase() ?? "when_no_match",
    cacheNamespace: integration.cacheNamespace ?? (hasCacheKey ? idOfPath(api, path) : undefined),
    responseTransferMode: integration.responseTransferMode ?? "BUFFERED",
  });
}

/** The status is a number, and AWS's own where nobody has said one. */
function exportGatewayResponse(response: Json, type: string): JsonObject {
  const { statusCode = GATEWAY_RESPONSE_STATUS[type as GatewayResponseType], ...others } = objectOr(response);
  return withoutUndefined({ statusCode: statusCode === undefined ? undefined : Number(statusCode), ...others });
}

function usedSchemas(document: JsonObject, exported: readonly JsonObject[]): JsonObject {
  const schemas = objectOr(objectOr(document.components).schemas);
  const used = new Set<string>();
  const visit = (value: Json): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name] ?? null);
    }
  };
  visit(exported);
  return mapped(picked(schemas, [...used]), (schema) => {
    const { description: _, title: __, ...rules } = objectOr(schema);
    return rules;
  });
}

/** `apigateway` asks for all extensions but what says how an authorizer works; that is `authorizers`. */
function withoutExtensions(value: Json, extensions: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutExtensions(item, extensions));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([key]) => isExported(key, extensions));
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutExtensions(member, extensions)]));
}

function isExported(key: string, extensions: readonly string[]): boolean {
  if (!key.startsWith(EXTENSION) || key === ANY) return true;
  if (key === `${EXTENSION}authtype`) return extensions.length > 0;
  if (key === `${EXTENSION}authorizer`) return extensions.includes("authorizers");
  if (key === `${EXTENSION}integration`)
    return extensions.includes("integrations") || extensions.includes("apigateway");
  return extensions.includes("apigateway");
}

function picked(members: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)));
}

function mapped(members: JsonObject, change: (member: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, change(member, name)]));
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Without members that hold nothing. */
function withoutEmpty(members: Readonly<Record<string, unknown>>): JsonObject {
  const isEmpty = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return withoutUndefined(Object.fromEntries(Object.entries(members).filter(([, value]) => !isEmpty(value))));
}
