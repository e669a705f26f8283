import { compareCodeUnits } from "../canonical-json";
import { choose } from "../choice";
import { ConfigurationError } from "../configuration-error";
import type { IntegrationDefinition } from "../integration";
import { booleanAt, objectAt } from "../json-access";
import { AUTHORIZATION_TYPES, HTTP_METHODS, type MethodDefinition, type MethodResponseDefinition } from "../method";
import { mapValues } from "../openapi/members";
import { present } from "../present";
import { markUnknown, type Unknown, unknownsIn } from "../unknown";
import type { BlockReader } from "./block-reader";
import { readApiIntegration } from "./read-api-integration";
import { resourcePaths } from "./resource-paths";

/** What the methods of one API refer to. */
export interface MethodSources {
  readonly rootResourceId: string;
  readonly authorizerNames: ReadonlyMap<string, string>;
  readonly validatorNames: ReadonlyMap<string, string>;
  /** The resources of one type that belong to the API. */
  readonly ofType: (type: string) => readonly BlockReader[];
}

/** The methods of one API, each with its integration and responses. In order of declaration. */
export function readMethods(sources: MethodSources): readonly MethodDefinition[] {
  const { ofType, rootResourceId } = sources;
  const pathOf = resourcePaths(ofType("aws_api_gateway_resource"), rootResourceId);
  const integrations = byPlace(ofType("aws_api_gateway_integration"));
  const integrationResponses = byPlace(ofType("aws_api_gateway_integration_response"));
  const methodResponses = byPlace(ofType("aws_api_gateway_method_response"));
  const methods = ofType("aws_api_gateway_method");
  const places = new Set(methods.map(placeOf));
  for (const parts of [integrations, integrationResponses, methodResponses]) {
    for (const stray of straysOf(parts, places)) stray.reader.leaveOut(stray.unknown);
  }
  const [strayResponse] = straysOf(integrationResponses, places);
  return methods.map((reader) => {
    const place = placeOf(reader);
    const httpMethod = choose(HTTP_METHODS, reader.json("http_method"), reader.address);
    const resourcePath = pathOf(reader);
    const [integration] = integrations.get(place) ?? [];
    if (integration === undefined) throw withoutIntegration(reader, `${httpMethod} ${resourcePath}`);
    return present({
      resourcePath,
      httpMethod,
      operationName: reader.text("operation_name"),
      authorizationType: choose(AUTHORIZATION_TYPES, reader.json("authorization"), reader.address),
      authorizer: nameBehind(reader, "authorizer_id", sources.authorizerNames),
      authorizationScopes: reader.texts("authorization_scopes"),
      apiKeyRequired: reader.boolean("api_key_required") ?? false,
      requestParameters: mapValues(objectAt(reader.json("request_parameters")), (value) => booleanAt(value) ?? false),
      requestModels: reader.textRecord("request_models"),
      requestValidator: nameBehind(reader, "request_validator_id", sources.validatorNames),
      integration: withStray(
        readApiIntegration(integration, integrationResponses.get(place) ?? []),
        strayResponse?.unknown,
      ),
      methodResponses: Object.fromEntries(
        (methodResponses.get(place) ?? []).map((response) => [
          response.text("status_code") ?? "200",
          readMethodResponse(response),
        ]),
      ),
    });
  });
}

function readMethodResponse(reader: BlockReader): MethodResponseDefinition {
  return {
    responseModels: reader.textRecord("response_models"),
    responseParameters: Object.keys(objectAt(reader.json("response_parameters"))).sort(compareCodeUnits),
  };
}

/** Methods and their parts find each other by resource and verb. */
function placeOf(reader: BlockReader): string {
  return `${reader.text("resource_id") ?? ""} ${reader.text("http_method")?.toUpperCase() ?? ""}`;
}

function byPlace(readers: readonly BlockReader[]): ReadonlyMap<string, readonly BlockReader[]> {
  const places = new Map<string, BlockReader[]>();
  for (const reader of readers) {
    const place = placeOf(reader);
    const there = places.get(place);
    if (there === undefined) places.set(place, [reader]);
    else there.push(reader);
  }
  return places;
}

/** Parts of methods that nobody knows, with what is unknown of the method. */
function straysOf(parts: ReadonlyMap<string, readonly BlockReader[]>, places: ReadonlySet<string>) {
  return [...parts].flatMap(([place, readers]) => {
    if (places.has(place)) return [];
    return readers.flatMap((reader) => {
      const attribute = ["resource_id", "http_method"].find((name) => unknownsIn(reader.text(name) ?? "").length > 0);
      return attribute === undefined ? [] : [{ reader, unknown: { address: reader.address, attribute } }];
    });
  });
}

/** An integration that lacks a default response may be the one that a response of an unknown method belongs to. */
function withStray(integration: IntegrationDefinition, stray: Unknown | undefined): IntegrationDefinition {
  const { type, responses } = integration;
  const isProxy = type === "AWS_PROXY" || type === "HTTP_PROXY";
  const hasDefault = responses.some(({ selectionPattern }) => selectionPattern === undefined);
  if (stray === undefined || isProxy || hasDefault) return integration;
  const unknown = { statusCode: markUnknown(stray), responseParameters: {}, responseTemplates: {} };
  return { ...integration, responses: [...responses, unknown] };
}

/** Name of what an id stands for. An id of something that is declared elsewhere has a name that nobody here knows. */
function nameBehind(reader: BlockReader, attribute: string, names: ReadonlyMap<string, string>): string | undefined {
  const id = reader.text(attribute);
  if (id === undefined || id === "") return undefined;
  const known = names.get(id);
  if (known !== undefined) return known;
  return unknownsIn(id).length > 0 ? id : markUnknown({ address: reader.address, attribute });
}

function withoutIntegration(reader: BlockReader, route: string): ConfigurationError {
  return new ConfigurationError(
    "ROUTE_WITHOUT_INTEGRATION",
    reader.address,
    `"${route}" has no aws_api_gateway_integration with its resource_id and http_method, and AWS does not deploy a method without one`,
    "declare the integration of the method, without count and for_each",
  );
}
