import { compareCodeUnits } from "../canonical-json";
import { choose } from "../choice";
import { ConfigurationError } from "../configuration-error";
import { booleanAt, objectAt } from "../json-access";
import { AUTHORIZATION_TYPES, HTTP_METHODS, type MethodDefinition, type MethodResponseDefinition } from "../method";
import { mapValues } from "../openapi/members";
import { present } from "../present";
import { markUnknown, unknownsIn } from "../unknown";
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
  nameStrays([integrations, integrationResponses, methodResponses], new Set(methods.map(placeOf)));
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
      integration: readApiIntegration(integration, integrationResponses.get(place) ?? []),
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

/** Tells of parts whose method nobody knows: it is served without them. */
function nameStrays(parts: readonly ReadonlyMap<string, readonly BlockReader[]>[], places: ReadonlySet<string>): void {
  for (const [place, readers] of parts.flatMap((byPlace) => [...byPlace])) {
    if (places.has(place)) continue;
    for (const reader of readers) {
      const attribute = ["resource_id", "http_method"].find((name) => unknownsIn(reader.text(name) ?? "").length > 0);
      if (attribute !== undefined) reader.leaveOut({ address: reader.address, attribute });
    }
  }
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
