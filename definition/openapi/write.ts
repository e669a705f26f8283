import type { JsonObject } from "../json";
import type { ModelDefinition, RestApiDefinition } from "../rest-api";
import { EXTENSION } from "./extensions";
import { compact, mapValues } from "./members";
import { operationIds } from "./operation-id";
import { verbKey } from "./verbs";
import { type OperationContext, writeOperation } from "./write-operation";
import { schemeNames, writeSecuritySchemes } from "./write-security";

/** Names in the document that the definition does not say. */
export type DocumentNames = Pick<OperationContext, "ids" | "schemeNames">;

/**
 * The OpenAPI 3.0.1 document that API Gateway imports to become this API. It holds everything but endpoint type and tags,
 * which an import cannot set. What has AWS's default value is left out where an import resets it to that.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 *
 * @param names what a document that this one is merged into calls things
 * @throws ConfigurationError `DUPLICATE_OPERATION_NAME`, `AUTHORIZER_UNKNOWN`, `SELECTION_PATTERN_DUPLICATE`,
 * `INTEGRATION_STATUS_DUPLICATE`, `SELECTION_PATTERN_RESERVED`
 */
export function toOpenApi(api: RestApiDefinition, names: Partial<DocumentNames> = {}): JsonObject {
  const context = { api, ids: operationIds(api.methods), schemeNames: schemeNames(api), ...names };
  return {
    openapi: "3.0.1",
    info: compact({ title: api.name, description: api.description, version: "1.0" }),
    servers: [writeServer(api)],
    paths: writePaths(context),
    ...compact({
      components: compact({
        schemas: mapValues(api.models, writeModel),
        securitySchemes: writeSecuritySchemes(api, context.schemeNames),
      }),
      [EXTENSION.apiKeySource]: api.apiKeySource === "HEADER" ? undefined : api.apiKeySource,
      [EXTENSION.binaryMediaTypes]: api.binaryMediaTypes,
      [EXTENSION.gatewayResponses]: mapValues(api.gatewayResponses, (response) => compact({ ...response })),
      [EXTENSION.minimumCompressionSize]: api.minimumCompressionSizeBytes,
      [EXTENSION.policy]: api.policy,
      [EXTENSION.requestValidators]: mapValues(api.requestValidators, (validator) => ({ ...validator })),
    }),
  };
}

function writeServer(api: RestApiDefinition): JsonObject {
  return {
    url: "/",
    [EXTENSION.endpointConfiguration]: compact({
      disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
      vpcEndpointIds: api.vpcEndpointIds,
    }),
  };
}

function writePaths(context: OperationContext): JsonObject {
  const paths = new Map<string, [verb: string, operation: JsonObject][]>();
  for (const method of context.api.methods) {
    const operations = paths.get(method.resourcePath) ?? [];
    paths.set(method.resourcePath, [...operations, [verbKey(method.httpMethod), writeOperation(method, context)]]);
  }
  return Object.fromEntries([...paths].map(([path, operations]) => [path, Object.fromEntries(operations)]));
}

function writeModel({ description, schema }: ModelDefinition): JsonObject {
  return description === undefined ? schema : { ...schema, description };
}
