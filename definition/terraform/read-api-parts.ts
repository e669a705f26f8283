import { AUTHORIZER_TYPES, type AuthorizerDefinition } from "../authorizer";
import { choose } from "../choice";
import { DEFAULT_MODELS } from "../default-models";
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseDefinition } from "../gateway-response";
import { objectAt } from "../json-access";
import { parseJson } from "../json-text";
import { fromModelUrl, mapReferences, referredModels } from "../model-reference";
import { DEFAULT_AUTHORIZER_RESULT_TTL_SECONDS, MODEL_CONTENT_TYPE } from "../openapi/extensions";
import { byRoute } from "../openapi/read";
import { present } from "../present";
import type { ModelDefinition, RestApiDefinition } from "../rest-api";
import { wholeUnknown } from "../unknown";
import { type BlockReader, readersOf } from "./block-reader";
import { readMethods } from "./read-api-methods";
import type { TerraformScope } from "./scope";

/** What an API consists of besides its own properties. */
export type ApiParts = Pick<
  RestApiDefinition,
  "models" | "requestValidators" | "authorizers" | "gatewayResponses" | "methods"
>;

/**
 * The parts of an API that is declared by one Terraform resource for each of them, ours or anybody's. What refers to something
 * that the root does not know becomes an unknown (see `unknown.ts`).
 *
 * @throws ConfigurationError `MODEL_SCHEMA_NOT_JSON`, `REFERENCE_CYCLE`, `ROUTE_WITHOUT_INTEGRATION`, `VALUE_NOT_ALLOWED`
 */
export function readApiParts(scope: TerraformScope, api: BlockReader): ApiParts {
  const id = api.attribute("id");
  const ofType = (type: string) => readersOf(scope, type).filter((reader) => reader.text("rest_api_id") === id);
  const authorizers = ofType("aws_api_gateway_authorizer");
  const validators = ofType("aws_api_gateway_request_validator");
  const methods = readMethods({
    rootResourceId: api.attribute("root_resource_id"),
    authorizerNames: namesById(authorizers),
    validatorNames: namesById(validators),
    ofType,
  });
  return {
    models: withDefaults(record(ofType("aws_api_gateway_model"), nameOf, readModel), methods),
    requestValidators: record(validators, nameOf, (reader) => ({
      validateRequestBody: reader.boolean("validate_request_body") ?? false,
      validateRequestParameters: reader.boolean("validate_request_parameters") ?? false,
    })),
    authorizers: record(authorizers, nameOf, readAuthorizer),
    gatewayResponses: record(
      ofType("aws_api_gateway_gateway_response"),
      (reader) => choose(GATEWAY_RESPONSE_TYPES, reader.json("response_type"), reader.address),
      readGatewayResponse,
    ),
    methods: [...methods].sort(byRoute),
  };
}

function readModel(reader: BlockReader): ModelDefinition {
  const fix = "write the schema as JSON";
  const text = reader.text("schema") ?? "{}";
  // A route that validates against it answers 501, naming the unknown.
  const schema =
    wholeUnknown(text) !== undefined
      ? { description: text }
      : parseJson(text, {
          code: "MODEL_SCHEMA_NOT_JSON",
          place: `${reader.address}.schema`,
          fix,
        });
  return present({
    contentType: reader.text("content_type") ?? MODEL_CONTENT_TYPE,
    description: reader.text("description"),
    schema: mapReferences(objectAt(schema), fromModelUrl),
  });
}

/** Models that every API has are declared nowhere. */
function withDefaults(
  models: RestApiDefinition["models"],
  methods: RestApiDefinition["methods"],
): RestApiDefinition["models"] {
  const used = new Set([
    ...methods.flatMap(({ requestModels, methodResponses }) => [
      ...Object.values(requestModels),
      ...Object.values(methodResponses).flatMap(({ responseModels }) => Object.values(responseModels)),
    ]),
    ...Object.values(models).flatMap(({ schema }) => referredModels(schema)),
  ]);
  return { ...Object.fromEntries(Object.entries(DEFAULT_MODELS).filter(([name]) => used.has(name))), ...models };
}

function readAuthorizer(reader: BlockReader): AuthorizerDefinition {
  const type = choose(AUTHORIZER_TYPES, reader.json("type") ?? "TOKEN", reader.address);
  const identitySource = reader.text("identity_source") ?? "method.request.header.Authorization";
  return present({
    type,
    uri: reader.text("authorizer_uri"),
    credentials: reader.text("authorizer_credentials"),
    identitySource: identitySource === "" ? undefined : identitySource,
    identityValidationExpression: reader.text("identity_validation_expression"),
    resultTtlSeconds: reader.number("authorizer_result_ttl_in_seconds") ?? DEFAULT_AUTHORIZER_RESULT_TTL_SECONDS,
    providerArns: reader.texts("provider_arns"),
  });
}

function readGatewayResponse(reader: BlockReader): GatewayResponseDefinition {
  return present({
    statusCode: reader.text("status_code"),
    responseParameters: reader.textRecord("response_parameters"),
    responseTemplates: reader.textRecord("response_templates"),
  });
}

function nameOf(reader: BlockReader): string {
  return reader.text("name") ?? "";
}

function namesById(readers: readonly BlockReader[]): ReadonlyMap<string, string> {
  return new Map(readers.map((reader) => [reader.attribute("id"), nameOf(reader)]));
}

function record<Key extends string, Value>(
  readers: readonly BlockReader[],
  key: (reader: BlockReader) => Key,
  value: (reader: BlockReader) => Value,
): Record<Key, Value> {
  return Object.fromEntries(readers.map((reader) => [key(reader), value(reader)])) as Record<Key, Value>;
}
