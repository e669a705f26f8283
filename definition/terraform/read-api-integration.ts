import { compareCodeUnits } from "../canonical-json";
import { choose, chooseOptional } from "../choice";
import {
  CONTENT_HANDLINGS,
  DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
  INTEGRATION_TYPES,
  type IntegrationDefinition,
  type IntegrationResponseDefinition,
  PASSTHROUGH_BEHAVIORS,
} from "../integration";
import { booleanAt } from "../json-access";
import { present } from "../present";
import type { BlockReader } from "./block-reader";

/** An integration from its own resource and from those of its responses. @throws ConfigurationError `VALUE_NOT_ALLOWED` */
export function readApiIntegration(reader: BlockReader, responses: readonly BlockReader[]): IntegrationDefinition {
  return present({
    type: choose(INTEGRATION_TYPES, reader.json("type"), reader.address),
    httpMethod: reader.text("integration_http_method"),
    uri: reader.text("uri"),
    credentials: reader.text("credentials"),
    connectionType: choose(["INTERNET", "VPC_LINK"], reader.json("connection_type") ?? "INTERNET", reader.address),
    connectionId: reader.text("connection_id"),
    passthroughBehavior: choose(
      PASSTHROUGH_BEHAVIORS,
      reader.json("passthrough_behavior") ?? "WHEN_NO_MATCH",
      reader.address,
    ),
    contentHandling: chooseOptional(CONTENT_HANDLINGS, reader.json("content_handling"), reader.address),
    timeoutMillis: reader.number("timeout_milliseconds") ?? DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
    requestParameters: reader.textRecord("request_parameters"),
    requestTemplates: reader.textRecord("request_templates"),
    cacheNamespace: reader.text("cache_namespace"),
    cacheKeyParameters: reader.texts("cache_key_parameters"),
    insecureSkipVerification: booleanAt(reader.blockOf("tls_config")?.insecure_skip_verification) ?? false,
    streamsResponse: reader.text("response_transfer_mode") === "STREAM" ? true : undefined,
    responses: responses.map(readResponse).sort((left, right) => compareCodeUnits(left.statusCode, right.statusCode)),
  });
}

function readResponse(reader: BlockReader): IntegrationResponseDefinition {
  const selectionPattern = reader.text("selection_pattern");
  return present({
    statusCode: reader.text("status_code") ?? "200",
    selectionPattern: selectionPattern === "" ? undefined : selectionPattern,
    responseParameters: reader.textRecord("response_parameters"),
    responseTemplates: reader.textRecord("response_templates"),
    contentHandling: chooseOptional(CONTENT_HANDLINGS, reader.json("content_handling"), reader.address),
  });
}
