import { Integration } from "../../integrations/integration";
import { Method, type MethodOptions } from "../method";
import type { Resource } from "../resource";
import type { DocumentRoute } from "./imported-document";

/** What a program says about an operation of an imported document, beside its integration. */
export type DocumentRouteOptions = Pick<MethodOptions, "throttle" | "cache">;

/** What an operation of an imported document is on its API. */
export interface DocumentMethodProps {
  readonly resource: Resource;
  readonly route: DocumentRoute;
  /** From the program; by default what the document says. */
  readonly integration?: Integration;
  readonly options: MethodOptions;
}

/** Parameters that can be keys of a cache. */
const QUERY = /^method\.request\.querystring\.[A-Za-z0-9._$-]+$/;

/** An operation of an imported document as a method: for stages, plans, metrics and permissions. */
export class DocumentMethod extends Method {
  /** True when the integration comes from the program. */
  readonly isIntegrated: boolean;

  constructor({ resource, route, integration, options }: DocumentMethodProps) {
    super(resource, `Document ${route.httpMethod}`, {
      resource,
      httpMethod: route.httpMethod,
      integration: integration ?? documentIntegration(route),
      options: { ...optionsOf(route, options), ...options },
    });
    this.isIntegrated = integration !== undefined;
  }
}

/** What the document says, as far as others ask a method for it. Models and validators stay in the document. */
function optionsOf(
  { operationName, apiKeyRequired, authorizationType, authorizationScopes, method }: DocumentRoute,
  { cache }: DocumentRouteOptions,
): MethodOptions {
  // A parameter that is not required makes no validator.
  const keys = cache === undefined ? [] : Object.keys(method?.requestParameters ?? {}).filter((it) => QUERY.test(it));
  return {
    ...(operationName === undefined ? {} : { operationName }),
    apiKeyRequired,
    authorizationType,
    // Elsewhere they mean nothing to API Gateway, and nothing is wrong with a document that says more.
    ...(authorizationType === "COGNITO_USER_POOLS" ? { authorizationScopes } : {}),
    ...(keys.length === 0 ? {} : { requestParameters: Object.fromEntries(keys.map((key) => [key, false])) }),
  };
}

function documentIntegration({ method }: DocumentRoute): Integration {
  const { type = "MOCK", httpMethod, uri, cacheKeyParameters = [] } = method?.integration ?? {};
  return new Integration({
    type,
    ...(httpMethod === undefined ? {} : { integrationHttpMethod: httpMethod }),
    ...(uri === undefined ? {} : { uri }),
    options: { cacheKeyParameters },
  });
}
