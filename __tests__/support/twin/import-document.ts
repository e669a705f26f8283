import type { JsonObject } from "../../../definition/json";
import { objectOr, text, texts } from "./json-values";
import type { RestApiProperties } from "./rest-api";

/** How PutRestApi treats what is there already. */
export type PutMode = "overwrite" | "merge";

/**
 * Literal properties after an import. `overwrite` resets all that the document lacks; endpoint types, address type and
 * tags are no part of a document and stay.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-update.html
 */
export function importedProperties(document: JsonObject, current: RestApiProperties, mode: PutMode): RestApiProperties {
  const info = objectOr(document.info);
  const endpoint = endpointExtension(document);
  const policy = document["x-amazon-apigateway-policy"];
  const compression = document["x-amazon-apigateway-minimum-compression-size"];
  const keySource = text(document["x-amazon-apigateway-api-key-source"]);
  const previous = mode === "merge" ? current : undefined;
  return {
    name: text(info.title) ?? current.name,
    description: text(info.description) ?? previous?.description,
    version: text(info.version),
    policy: policy === undefined ? previous?.policy : JSON.stringify(policy),
    binaryMediaTypes: document["x-amazon-apigateway-binary-media-types"]
      ? texts(document["x-amazon-apigateway-binary-media-types"])
      : (previous?.binaryMediaTypes ?? []),
    minimumCompressionSize: typeof compression === "number" ? compression : previous?.minimumCompressionSize,
    apiKeySource: keySource?.toUpperCase() ?? previous?.apiKeySource ?? "HEADER",
    disableExecuteApiEndpoint:
      typeof endpoint.disableExecuteApiEndpoint === "boolean"
        ? endpoint.disableExecuteApiEndpoint
        : (previous?.disableExecuteApiEndpoint ?? false),
    endpointConfiguration: {
      ...current.endpointConfiguration,
      vpcEndpointIds: endpoint.vpcEndpointIds
        ? texts(endpoint.vpcEndpointIds)
        : (previous?.endpointConfiguration.vpcEndpointIds ?? []),
    },
    tags: current.tags,
  };
}

/** The document after an import: itself, or its paths and components laid over those of the present one. */
export function importedDocument(document: JsonObject, current: JsonObject | undefined, mode: PutMode): JsonObject {
  if (mode === "overwrite" || !current) return document;
  return {
    ...current,
    ...document,
    paths: mergeLevels(objectOr(current.paths), objectOr(document.paths)),
    components: mergeLevels(objectOr(current.components), objectOr(document.components)),
  };
}

/** In OpenAPI 3 the extension stands in a server, in Swagger 2 at the top. */
function endpointExtension(document: JsonObject): JsonObject {
  const [server] = Array.isArray(document.servers) ? document.servers : [];
  const name = "x-amazon-apigateway-endpoint-configuration";
  return objectOr(objectOr(server)[name] ?? document[name]);
}

function mergeLevels(current: JsonObject, next: JsonObject): JsonObject {
  const merged = Object.entries(next).map(([key, value]) => [key, { ...objectOr(current[key]), ...objectOr(value) }]);
  return { ...current, ...Object.fromEntries(merged) };
}
