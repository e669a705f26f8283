import type { GatewayResponseDefinition, GatewayResponseType } from "../../definition/gateway-response";
import { extendedRequestId } from "../context";
import type { Answer, Arrival, OutgoingResponse } from "../exchange";
import type { LogLine } from "../execution-log/execution-log";
import { failureTexts, integrationErrorOf } from "../execution-log/failure-text";
import { LINES } from "../execution-log/lines";
import type { HeaderLines } from "../host/host";
import { headerValue, isSendableHeader, replaceHeaders } from "../http/headers";
import { type MappingSource, mappedValues } from "../integrations/mapping-expression";
import { selectResponseTemplate } from "../templates/select";
import type { GatewayError } from "./gateway-error";

/**
 * Turns a refusal or failure into what the client gets: the table's answer, changed as the API customises it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function gatewayResponse(arrival: MappingSource, error: GatewayError): Answer {
  const { row, text } = error;
  writeFacts(arrival, error);
  arrival.log?.write(...failureTexts(error, String(arrival.facts.get("requestId"))).map(LINES.failure));
  const [type, custom] = customisation(arrival, error);
  const template = custom && selectResponseTemplate(custom.responseTemplates, acceptOf(arrival));
  const lines: HeaderLines = [
    ...contentType(template?.mediaType ?? (row.bodyStyle === "plain" ? "text/plain" : undefined)),
    ...(row.errorType ? [["x-amzn-ErrorType", row.errorType] as const] : []),
  ];
  const answer: Answer = {
    from: "gateway",
    status: Number(custom?.statusCode ?? row.status),
    headers: custom ? replaceHeaders(lines, customHeaders(arrival, custom)) : lines,
    body: Buffer.from(template ? substitute(arrival, template.template) : defaultBody(row.bodyStyle, text)),
  };
  if (custom) arrival.log?.write(...customisedLines(type, answer));
  return answer;
}

function customisedLines(type: string, { status, body, headers }: Answer): readonly LogLine[] {
  return [LINES.gatewayResponse(type, status), LINES.gatewayResponseBody(body), LINES.gatewayResponseHeaders(headers)];
}

function contentType(mediaType: string | undefined): HeaderLines {
  return mediaType === undefined ? [] : [["Content-Type", mediaType]];
}

function writeFacts({ facts }: Arrival, error: GatewayError): void {
  const { row, text, details } = error;
  facts.set("error.message", text);
  facts.set("error.messageString", JSON.stringify(text));
  if (row.responseType) facts.set("error.responseType", row.responseType);
  if (details.validationError) facts.set("error.validationErrorString", details.validationError);
  const integrationError = integrationErrorOf(error);
  if (integrationError !== undefined) {
    for (const name of ["integration.error", "integrationErrorMessage"]) facts.set(name, integrationError);
  }
}

/** The type's own customisation, else that of its class; parts of the two are never mixed. */
function customisation(
  { stage }: Arrival,
  { row }: GatewayError,
): readonly [type: string, custom: GatewayResponseDefinition | undefined] {
  const { responseType: own, status } = row;
  if (own === undefined) return ["", undefined];
  const { gatewayResponses } = stage.api;
  const type: GatewayResponseType = gatewayResponses[own] ? own : status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
  return [type, gatewayResponses[type]];
}

function customHeaders(arrival: MappingSource, custom: GatewayResponseDefinition): HeaderLines {
  const prefix = "gatewayresponse.header.";
  return Object.entries(custom.responseParameters)
    .filter(([target]) => target.startsWith(prefix))
    .flatMap(([target, expression]) =>
      valuesOf(arrival, expression).map((value) => [target.slice(prefix.length), value] as const),
    )
    .filter(([name, value]) => isSendableHeader(name, value));
}

/** A mapping that fails must not replace the error that is being reported. */
function valuesOf(arrival: MappingSource, expression: string): readonly string[] {
  try {
    return mappedValues(expression, arrival);
  } catch {
    return [];
  }
}

const REFERENCE = /\$(\{?)((?:context|stageVariables|method\.request)\.[\w.-]*[\w-])\}?/g;

/** Plain substitution: no directives, and what does not exist is nothing. */
function substitute(arrival: MappingSource, template: string): string {
  return template.replace(REFERENCE, (_, __, reference: string) => valuesOf(arrival, reference)[0] ?? "");
}

function defaultBody(style: GatewayError["row"]["bodyStyle"], message: string | null): string {
  if (style === "plain") return message ?? "";
  return `{"${style === "capital" ? "Message" : "message"}":${style === "spaced" ? " " : ""}${JSON.stringify(message)}}`;
}

function acceptOf({ headers }: Arrival): string | undefined {
  return headerValue(headers, "accept");
}

/** The answer where no API is known, so nothing can be customised. */
export function bareFailure(error: GatewayError, requestId: string): OutgoingResponse {
  const { row, text } = error;
  return {
    status: row.status,
    headers: [
      ["x-amzn-RequestId", requestId],
      ["x-amz-apigw-id", extendedRequestId(requestId)],
      ["Content-Type", "application/json"],
      ...(row.errorType ? [["x-amzn-ErrorType", row.errorType] as const] : []),
    ],
    body: Buffer.from(defaultBody(row.bodyStyle, text)),
  };
}
