import type { AuthorizerDefinition } from "../../../definition/authorizer";
import type { JsonObject } from "../../../definition/json";
import { mapPolicyResources, SHORT_FORM } from "../../../definition/resource-policy";
import type { ApiBlock } from "./block";
import type { BlockContext } from "./block-context";
import { methodBlocks } from "./method-blocks";
import { modelBlocks } from "./model-blocks";
import { resourceBlocks } from "./resource-blocks";

/**
 * All that an API is besides `aws_api_gateway_rest_api`, one Terraform resource each.
 *
 * Throws `AUTHORIZER_UNKNOWN`, `REQUEST_VALIDATOR_UNKNOWN`, `MODEL_REFERENCE_CYCLE` and `PATH_VARIABLE_AMBIGUOUS`.
 */
export function apiBlocks(context: BlockContext): readonly ApiBlock[] {
  return [
    ...resourceBlocks(context),
    ...modelBlocks(context),
    ...validatorBlocks(context),
    ...authorizerBlocks(context),
    ...gatewayResponseBlocks(context),
    ...policyBlocks(context),
    ...context.api.methods.flatMap((method) => methodBlocks(method, context)),
  ];
}

function validatorBlocks({ api, apiAddress, names }: BlockContext): readonly ApiBlock[] {
  return Object.entries(api.requestValidators).map(([name, validator]) => ({
    type: "aws_api_gateway_request_validator",
    name: names.of(name),
    references: { rest_api_id: `${apiAddress}.id` },
    literals: {
      name,
      validate_request_body: validator.validateRequestBody,
      validate_request_parameters: validator.validateRequestParameters,
    },
  }));
}

function authorizerBlocks({ api, apiAddress, names }: BlockContext): readonly ApiBlock[] {
  return Object.entries(api.authorizers).map(([name, authorizer]) => ({
    type: "aws_api_gateway_authorizer",
    name: names.of(name),
    references: { rest_api_id: `${apiAddress}.id` },
    literals: {
      name,
      type: authorizer.type,
      authorizer_uri: authorizer.uri,
      authorizer_credentials: authorizer.credentials,
      identity_source: identitySource(authorizer),
      identity_validation_expression: authorizer.identityValidationExpression,
      authorizer_result_ttl_in_seconds: authorizer.resultTtlSeconds,
      provider_arns: authorizer.providerArns,
    },
  }));
}

/** The provider's default is the header Authorization, which a REQUEST authorizer without sources must not demand. */
function identitySource({ type, identitySource: source }: AuthorizerDefinition): string | undefined {
  return source ?? (type === "REQUEST" ? "" : undefined);
}

function gatewayResponseBlocks({ api, apiAddress, names }: BlockContext): readonly ApiBlock[] {
  return Object.entries(api.gatewayResponses).map(([type, response]) => ({
    type: "aws_api_gateway_gateway_response",
    name: names.of(type),
    references: { rest_api_id: `${apiAddress}.id` },
    literals: {
      response_type: type,
      status_code: response.statusCode,
      response_parameters: response.responseParameters,
      response_templates: response.responseTemplates,
    },
  }));
}

/** As a resource of its own: the argument of the API cannot be taken away again, and cannot name the API's own ARN. */
function policyBlocks({ api, apiAddress, names, executionArn }: BlockContext): readonly ApiBlock[] {
  if (api.policy === undefined) return [];
  return [
    {
      type: "aws_api_gateway_rest_api_policy",
      name: names.of("policy"),
      references: { rest_api_id: `${apiAddress}.id` },
      literals: {},
      documents: { policy: longForm(api.policy, executionArn) },
    },
  ];
}

/** AWS answers with ARNs, so that the short form would differ from the answer in every plan. */
function longForm(policy: JsonObject, executionArn: string): JsonObject {
  return mapPolicyResources(policy, (resource) =>
    resource.startsWith(SHORT_FORM) ? `${executionArn}/${resource.slice(SHORT_FORM.length)}` : resource,
  );
}
