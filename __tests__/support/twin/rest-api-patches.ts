import { badRequest } from "./http";
import { type PatchOperation, unescapePointer } from "./patch";
import type { RestApiProperties } from "./rest-api";

type Patch = (api: RestApiProperties, operation: PatchOperation) => RestApiProperties;

/** Exact paths. Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRestApi-Patch */
const PROPERTIES: Readonly<Record<string, Patch>> = {
  "/name": (api, { value = "" }) => ({ ...api, name: value }),
  "/description": (api, { value }) => ({ ...api, description: value || undefined }),
  "/policy": (api, { value }) => ({ ...api, policy: value || undefined }),
  "/apiKeySource": (api, { value = "HEADER" }) => ({ ...api, apiKeySource: value }),
  "/disableExecuteApiEndpoint": (api, { value }) => ({ ...api, disableExecuteApiEndpoint: value === "true" }),
  "/minimumCompressionSize": (api, { value }) => ({
    ...api,
    minimumCompressionSize: value === undefined ? undefined : Number(value),
  }),
  "/endpointConfiguration/ipAddressType": (api, { value = "ipv4" }) => withEndpoint(api, { ipAddressType: value }),
  "/endpointConfiguration/vpcEndpointIds": (api, { op, value = "" }) => {
    const others = api.endpointConfiguration.vpcEndpointIds.filter((id) => id !== value);
    return withEndpoint(api, { vpcEndpointIds: op === "remove" ? others : [...others, value] });
  },
};

/** One operation of UpdateRestApi. */
export function patchRestApi(api: RestApiProperties, operation: PatchOperation): RestApiProperties {
  const { op, path, value = "" } = operation;
  if (path.startsWith("/endpointConfiguration/types/")) return withEndpoint(api, { types: [value] });
  if (path.startsWith("/binaryMediaTypes/")) {
    const type = unescapePointer(path.slice("/binaryMediaTypes/".length));
    const others = api.binaryMediaTypes.filter((other) => other !== type);
    return { ...api, binaryMediaTypes: op === "remove" ? others : [...others, op === "add" ? type : value] };
  }
  const property = PROPERTIES[path];
  if (!property) throw badRequest(`Invalid patch path '${path}' specified for op '${op}'`);
  return property(api, operation);
}

function withEndpoint(
  api: RestApiProperties,
  change: Partial<RestApiProperties["endpointConfiguration"]>,
): RestApiProperties {
  return { ...api, endpointConfiguration: { ...api.endpointConfiguration, ...change } };
}
