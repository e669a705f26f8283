import type {
  ContentHandling as ContentHandlingName,
  IntegrationType as IntegrationTypeName,
  PassthroughBehavior as PassthroughBehaviorName,
} from "../definition/integration";
import type { EndpointType as EndpointTypeName } from "../definition/rest-api";
import type { LoggingLevel } from "../definition/stage";

/** Closed sets under the names of AWS CDK; the plain strings do as well. */
type Values<Name extends string> = { readonly [Value in Name]: Value };

/** Where the endpoint of an API is. */
export const EndpointType: Values<EndpointTypeName> = { EDGE: "EDGE", REGIONAL: "REGIONAL", PRIVATE: "PRIVATE" };
/** One of the kinds of endpoint. */
export type EndpointType = EndpointTypeName;

/** Kinds of backend. */
export const IntegrationType: Values<IntegrationTypeName> = {
  AWS: "AWS",
  AWS_PROXY: "AWS_PROXY",
  HTTP: "HTTP",
  HTTP_PROXY: "HTTP_PROXY",
  MOCK: "MOCK",
};
/** One of the kinds of backend. */
export type IntegrationType = IntegrationTypeName;

/** What happens to a request body whose content type has no mapping template. */
export const PassthroughBehavior: Values<PassthroughBehaviorName> = {
  WHEN_NO_MATCH: "WHEN_NO_MATCH",
  WHEN_NO_TEMPLATES: "WHEN_NO_TEMPLATES",
  NEVER: "NEVER",
};
/** One of the ways to treat such a body. */
export type PassthroughBehavior = PassthroughBehaviorName;

/** Conversion between binary and text payloads. */
export const ContentHandling: Values<ContentHandlingName> = {
  CONVERT_TO_BINARY: "CONVERT_TO_BINARY",
  CONVERT_TO_TEXT: "CONVERT_TO_TEXT",
};
/** One of the conversions. */
export type ContentHandling = ContentHandlingName;

/** Where a request carries its API key. */
export const ApiKeySourceType = { HEADER: "HEADER", AUTHORIZER: "AUTHORIZER" } as const;
/** One of the places. */
export type ApiKeySourceType = keyof typeof ApiKeySourceType;

/** How much the execution log holds. */
export const MethodLoggingLevel: Values<LoggingLevel> = { OFF: "OFF", ERROR: "ERROR", INFO: "INFO" };
/** One of the levels. */
export type MethodLoggingLevel = LoggingLevel;
