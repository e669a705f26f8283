import { ConfigurationError } from "../../../definition/configuration-error";
import {
  DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
  type IntegrationResponseDefinition,
} from "../../../definition/integration";
import type { MethodDefinition, MethodResponseDefinition } from "../../../definition/method";
import { routeKey } from "../../../definition/openapi/operation-id";
import { type ApiBlock, addressOf } from "./block";
import type { BlockContext } from "./block-context";
import { modelAddresses } from "./model-blocks";
import { resourceId } from "./resource-blocks";

/** Attributes of an integration that the provider cannot change in place. The responses are gone when it is put anew. */
const REPLACING = ["type", "integration_http_method", "credentials", "passthrough_behavior"] as const;

/** One method with its integration and the responses of both. Each refers to what must exist before it. */
export function methodBlocks(method: MethodDefinition, context: BlockContext): readonly ApiBlock[] {
  const own = methodBlock(method, context);
  const integration = integrationBlock(method, own, context);
  const responses = new Map(
    Object.entries(method.methodResponses).map(([status, response]) => [
      status,
      methodResponseBlock(method, own, { status, response }, context),
    ]),
  );
  const integrationResponses = method.integration.responses.map((response) =>
    integrationResponseBlock(
      method,
      { integration, methodResponse: responses.get(response.statusCode), response },
      context,
    ),
  );
  return [own, integration, ...responses.values(), ...integrationResponses];
}

/** What every part of a method names. */
function place(method: MethodDefinition, context: BlockContext): Record<string, string> {
  return { rest_api_id: `${context.apiAddress}.id`, resource_id: resourceId(method.resourcePath, context) };
}

function methodBlock(method: MethodDefinition, context: BlockContext): ApiBlock {
  return {
    type: "aws_api_gateway_method",
    name: context.names.of(routeKey(method)),
    references: {
      ...place(method, context),
      authorizer_id: authorizerId(method, context),
      request_validator_id: validatorId(method, context),
    },
    literals: {
      http_method: method.httpMethod,
      authorization: method.authorizationType,
      authorization_scopes: method.authorizationScopes,
      api_key_required: method.apiKeyRequired,
      operation_name: method.operationName,
      request_parameters: method.requestParameters,
      request_models: method.requestModels,
    },
    dependsOn: modelAddresses(Object.values(method.requestModels), context),
  };
}

function integrationBlock(method: MethodDefinition, own: ApiBlock, context: BlockContext): ApiBlock {
  const { integration } = method;
  const { timeoutMillis } = integration;
  return {
    type: "aws_api_gateway_integration",
    name: own.name,
    references: { ...place(method, context), http_method: `${addressOf(own)}.http_method` },
    literals: {
      type: integration.type,
      integration_http_method: integration.httpMethod,
      uri: integration.uri,
      credentials: integration.credentials,
      connection_type: integration.connectionType,
      connection_id: integration.connectionId,
      passthrough_behavior: integration.passthroughBehavior,
      content_handling: integration.contentHandling,
      timeout_milliseconds: timeoutMillis === DEFAULT_INTEGRATION_TIMEOUT_MILLIS ? undefined : timeoutMillis,
      request_parameters: integration.requestParameters,
      request_templates: integration.requestTemplates,
      cache_namespace: integration.cacheNamespace,
      cache_key_parameters: integration.cacheKeyParameters,
      tls_config: integration.insecureSkipVerification ? { insecure_skip_verification: true } : undefined,
    },
  };
}

function methodResponseBlock(
  method: MethodDefinition,
  own: ApiBlock,
  { status, response }: { readonly status: string; readonly response: MethodResponseDefinition },
  context: BlockContext,
): ApiBlock {
  return {
    type: "aws_api_gateway_method_response",
    name: context.names.of(`${routeKey(method)} ${status}`),
    references: { ...place(method, context), http_method: `${addressOf(own)}.http_method` },
    literals: {
      status_code: status,
      response_models: response.responseModels,
      response_parameters: Object.fromEntries(response.responseParameters.map((name) => [name, true])),
    },
    dependsOn: modelAddresses(Object.values(response.responseModels), context),
  };
}

interface IntegrationResponseParts {
  readonly integration: ApiBlock;
  readonly methodResponse: ApiBlock | undefined;
  readonly response: IntegrationResponseDefinition;
}

function integrationResponseBlock(
  method: MethodDefinition,
  { integration, methodResponse, response }: IntegrationResponseParts,
  context: BlockContext,
): ApiBlock {
  const address = addressOf(integration);
  return {
    type: "aws_api_gateway_integration_response",
    name: context.names.of(`${routeKey(method)} ${response.statusCode}`),
    references: { ...place(method, context), http_method: `${address}.http_method` },
    literals: {
      status_code: response.statusCode,
      selection_pattern: response.selectionPattern,
      response_parameters: response.responseParameters,
      response_templates: response.responseTemplates,
      content_handling: response.contentHandling,
    },
    dependsOn: methodResponse === undefined ? [] : [addressOf(methodResponse)],
    replaceTriggeredBy: REPLACING.map((attribute) => `${address}.${attribute}`),
  };
}

function authorizerId(method: MethodDefinition, { api, names }: BlockContext): string | undefined {
  const { authorizer } = method;
  if (authorizer === undefined) return undefined;
  if (Object.hasOwn(api.authorizers, authorizer)) {
    return `${addressOf({ type: "aws_api_gateway_authorizer", name: names.of(authorizer) })}.id`;
  }
  throw new ConfigurationError(
    "AUTHORIZER_UNKNOWN",
    routeKey(method),
    `the authorizer "${authorizer}" is not one of the API's authorizers`,
    "declare the authorizer on the API, or name one that is",
  );
}

function validatorId(method: MethodDefinition, { api, names }: BlockContext): string | undefined {
  const { requestValidator } = method;
  if (requestValidator === undefined) return undefined;
  if (Object.hasOwn(api.requestValidators, requestValidator)) {
    return `${addressOf({ type: "aws_api_gateway_request_validator", name: names.of(requestValidator) })}.id`;
  }
  throw new ConfigurationError(
    "REQUEST_VALIDATOR_UNKNOWN",
    routeKey(method),
    `the request validator "${requestValidator}" is not one of the API's validators`,
    "declare the validator on the API, or name one that is",
  );
}
