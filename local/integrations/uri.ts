import type { Exchange } from "../exchange";
import { encodeText } from "../http/query";
import { configurationFailure } from "../refusals/gateway-error";

/** What an `arn:aws:apigateway:…` URI points at. */
export type AwsTarget =
  | { readonly kind: "function"; readonly functionName: string; readonly qualifier?: string }
  | {
      readonly kind: "service";
      readonly region: string;
      readonly service: string;
      readonly subdomain?: string;
      /** `path/…` and `action/…`. */
      readonly form: "path" | "action";
      /** Path with query string, or action with further parameters behind `&`. */
      readonly target: string;
    };

/** What API Gateway says of a URI that leads nowhere. */
export const INVALID_ENDPOINT = "Invalid endpoint address";

const STAGE_VARIABLE = /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g;

/** Names of the stage variables that a URI uses. */
export function stageVariablesIn(uri: string): string[] {
  return [...uri.matchAll(STAGE_VARIABLE)].map(([, name = ""]) => name);
}

/**
 * Puts stage variables in.
 *
 * @throws GatewayError `CONFIGURATION_FAILURE` when the stage lacks one
 */
export function withStageVariables(uri: string, variables: Readonly<Record<string, string>>): string {
  return uri.replace(STAGE_VARIABLE, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw configurationFailure(`stage variable "${name}" is not defined`, INVALID_ENDPOINT);
    return value;
  });
}

/** The exchange's URI with stage variables in; placeholders are filled later. */
export function integrationUri(exchange: Exchange): string {
  const { uri } = exchange.method.integration;
  if (uri === undefined) throw configurationFailure("the integration has no URI", INVALID_ENDPOINT);
  return withStageVariables(uri, exchange.stage.definition.variables);
}

/**
 * Fills `{placeholders}`; one without a value stays as it is. Values come from the path as the client wrote it, so only
 * what no URL may hold is encoded.
 */
export function fillPlaceholders(uri: string, values: Readonly<Record<string, string>>): string {
  return uri.replace(/\{([^{}]+?)\+?\}/g, (placeholder, name: string) => {
    const value = values[name];
    return value === undefined ? placeholder : value.replace(/[^\x21-\x7e]+/g, encodeText);
  });
}

/**
 * Reads a URI of the AWS integration types.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
export function parseAwsUri(uri: string): AwsTarget | undefined {
  const [, region = "", host = "", form = "", target = ""] =
    /^arn:aws[a-z-]*:apigateway:([^:]*):([^:]+):(path|action)\/(.*)$/s.exec(uri) ?? [];
  if (form === "") return undefined;
  if (host === "lambda" && form === "path") return parseFunctionPath(target);
  const dot = host.lastIndexOf(".");
  return {
    kind: "service",
    region,
    service: host.slice(dot + 1),
    ...(dot > 0 && { subdomain: host.slice(0, dot) }),
    form: form === "action" ? "action" : "path",
    target,
  };
}

function parseFunctionPath(target: string): AwsTarget | undefined {
  const [, reference = ""] =
    /^(?:2015-03-31|2021-11-15)\/functions\/(.+)\/(?:invocations|response-streaming-invocations)$/.exec(target) ?? [];
  const [, inArn] = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:(.+)$/.exec(reference) ?? [];
  const [functionName = "", qualifier] = (inArn ?? reference).split(":");
  if (functionName === "") return undefined;
  return { kind: "function", functionName, ...(qualifier && { qualifier }) };
}
