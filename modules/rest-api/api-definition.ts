import type { AuthorizerDefinition } from "../../definition/authorizer";
import { compareCodeUnits } from "../../definition/canonical-json";
import type { GatewayResponseDefinition } from "../../definition/gateway-response";
import type { MethodDefinition } from "../../definition/method";
import type { ModelDefinition, RequestValidatorDefinition, RestApiDefinition } from "../../definition/rest-api";
import { preflight, takesCorsHeaders, withCorsGatewayResponses, withCorsHeaders } from "./cors";
import type { CorsOptions } from "./cors-options";
import { describeMethod } from "./method-definition";
import type { ModelWithSchema } from "./model";
import type { Resource } from "./resource";

/** What a definition is made of: the API's own properties, and what was collected while the tree was built. */
export interface ApiParts
  extends Omit<RestApiDefinition, "models" | "requestValidators" | "gatewayResponses" | "methods" | "authorizers"> {
  readonly models: ReadonlyMap<string, ModelWithSchema>;
  readonly requestValidators: ReadonlyMap<string, RequestValidatorDefinition>;
  readonly authorizers: ReadonlyMap<string, AuthorizerDefinition>;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseDefinition>;
  readonly resources: readonly Resource[];
  /** CORS of the root: the API's own errors follow it. */
  readonly cors: CorsOptions | undefined;
}

/** The API as data: methods with their CORS headers, preflights, shared models and validators. */
export function describeApi(parts: ApiParts): RestApiDefinition {
  const { models, requestValidators, authorizers, gatewayResponses, resources, cors, ...own } = parts;
  const responses = Object.fromEntries(gatewayResponses);
  return {
    ...own,
    // A set: another order is no other API, and must not deploy.
    binaryMediaTypes: [...new Set(own.binaryMediaTypes)].sort(),
    models: fromMap(models, describeModel),
    requestValidators: fromMap(requestValidators, ({ validateRequestBody, validateRequestParameters }) => ({
      validateRequestBody,
      validateRequestParameters,
    })),
    authorizers: fromMap(authorizers, (authorizer) => authorizer),
    gatewayResponses: cors === undefined ? responses : withCorsGatewayResponses(responses, cors),
    methods: resources.flatMap((it) => describeResource(it, own.binaryMediaTypes)).sort(byPathThenVerb),
  };
}

function describeResource(resource: Resource, binaryMediaTypes: readonly string[]): readonly MethodDefinition[] {
  const { cors } = resource;
  const methods = resource.methods.map(describeMethod);
  if (cors === undefined || methods.length === 0) return methods;
  const answered = methods.map((method) =>
    takesCorsHeaders(method) ? withCorsHeaders(method, cors, binaryMediaTypes) : method,
  );
  if (methods.some(({ httpMethod }) => httpMethod === "OPTIONS")) return answered;
  const requestParameters = Object.fromEntries(
    resource.pathParameters.map((name) => [`method.request.path.${name}`, true] as const),
  );
  return [...answered, { ...preflight(resource.path, cors, methods, binaryMediaTypes), requestParameters }];
}

function describeModel({ contentType, description, schema }: ModelWithSchema): ModelDefinition {
  return { contentType, ...(description === undefined ? {} : { description }), schema };
}

function byPathThenVerb(left: MethodDefinition, right: MethodDefinition): number {
  return compareCodeUnits(left.resourcePath, right.resourcePath) || compareCodeUnits(left.httpMethod, right.httpMethod);
}

function fromMap<From, To>(map: ReadonlyMap<string, From>, transform: (value: From) => To): Record<string, To> {
  const sorted = [...map].sort(([left], [right]) => compareCodeUnits(left, right));
  return Object.fromEntries(sorted.map(([key, value]) => [key, transform(value)]));
}
