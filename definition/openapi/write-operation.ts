import { compareCodeUnits } from "../canonical-json";
import type { Json, JsonObject } from "../json";
import type { MethodDefinition, MethodResponseDefinition } from "../method";
import type { RestApiDefinition } from "../rest-api";
import { EXTENSION, MODEL_REFERENCE_PREFIX } from "./extensions";
import { compact, mapValues } from "./members";
import { routeKey } from "./operation-id";
import { writeIntegration } from "./write-integration";
import { type SchemeNames, writeSecurity } from "./write-security";

const TEXT = { type: "string" } as const;

/** What one operation depends on beyond its own method. */
export interface OperationContext {
  readonly api: RestApiDefinition;
  readonly ids: ReadonlyMap<string, string>;
  readonly schemeNames: SchemeNames;
}

/** One operation of the document. */
export function writeOperation(method: MethodDefinition, { api, ids, schemeNames }: OperationContext): JsonObject {
  return compact({
    operationId: ids.get(routeKey(method)),
    parameters: writeParameters(method),
    requestBody: writeRequestBody(method),
    responses: writeResponses(method),
    security: writeSecurity(method, api, schemeNames),
    [EXTENSION.requestValidator]: method.requestValidator,
    [EXTENSION.integration]: writeIntegration(method.integration, routeKey(method)),
  });
}

/** Names of the variables of a path: `{orderId}` and `{proxy+}` are `orderId` and `proxy`. AWS keeps the plus out of parameters. */
export function pathParameterNames(resourcePath: string): readonly string[] {
  return resourcePath
    .split("/")
    .filter((segment) => segment.startsWith("{") && segment.endsWith("}"))
    .map((segment) => segment.slice(1, segment.endsWith("+}") ? -2 : -1));
}

function writeParameters(method: MethodDefinition): readonly Json[] {
  const declared = Object.entries(method.requestParameters).map(([key, required]) => {
    const [, , place = "", ...name] = key.split(".");
    return { place, name: name.join("."), required };
  });
  // OpenAPI wants every variable of a path declared, and required.
  const variables = pathParameterNames(method.resourcePath).map((name) => ({ place: "path", name, required: true }));
  const others = declared.filter(({ place, name }) => !variables.some((it) => it.place === place && it.name === name));
  return [...variables, ...others]
    .sort((left, right) => compareCodeUnits(left.place, right.place) || compareCodeUnits(left.name, right.name))
    .map(({ place, name, required }) => ({
      name,
      in: place === "querystring" ? "query" : place,
      required,
      schema: TEXT,
    }));
}

function writeRequestBody({ requestModels }: MethodDefinition): JsonObject | undefined {
  if (Object.keys(requestModels).length === 0) return undefined;
  return { content: mapValues(requestModels, modelReference), required: true };
}

function writeResponses({ methodResponses }: MethodDefinition): JsonObject {
  // The standard wants at least one response; the proxy integrations have none of their own.
  const responses = Object.keys(methodResponses).length === 0 ? { 200: NO_RESPONSE } : methodResponses;
  return mapValues(responses, (response, status) =>
    compact({
      description: `${status} response`,
      headers: Object.fromEntries(response.responseParameters.map((name) => [headerName(name), { schema: TEXT }])),
      content: mapValues(response.responseModels, modelReference),
    }),
  );
}

const NO_RESPONSE: MethodResponseDefinition = { responseModels: {}, responseParameters: [] };

function modelReference(model: string): JsonObject {
  return { schema: { $ref: MODEL_REFERENCE_PREFIX + model } };
}

function headerName(responseParameter: string): string {
  return responseParameter.split(".").slice(3).join(".");
}
