import type { Exchange, Step } from "../exchange";
import type { HeaderLines } from "../host/host";
import { CONTENT_CODINGS, preferredCoding } from "../http/content-coding";
import { headerValue } from "../http/headers";
import { GatewayError } from "../refusals/gateway-error";
import { MAX_PAYLOAD_BYTES } from "./limit-payload";

/**
 * Unpacks the bodies of requests, and compresses those of answers where `minimumCompressionSize` asks for it. Bodies below
 * that size, as they are sent, stay as they are on both ways; an API without it unpacks all. The request keeps its
 * `Content-Encoding`, although its body has none any more.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
 */
export const codeContent: Step = {
  name: "code content",
  request(exchange) {
    const { stage, request } = exchange;
    if (request.body.length === 0 || request.body.length < (stage.api.minimumCompressionSizeBytes ?? 0))
      return undefined;
    const coding = headerValue(exchange.headers, "content-encoding")?.trim().toLowerCase();
    if (coding === undefined || coding === "" || coding === "identity") return undefined;
    return decode(exchange, coding);
  },
  response({ stage, headers }, answer) {
    const minimum = stage.api.minimumCompressionSizeBytes;
    if (minimum === undefined || answer.from === "gateway" || answer.rest) return answer;
    if (answer.body.length === 0 || answer.body.length < minimum) return answer;
    const name = preferredCoding(headerValue(headers, "accept-encoding"));
    const coding = name === undefined ? undefined : CONTENT_CODINGS.get(name);
    if (name === undefined || !coding || headerValue(answer.headers, "content-encoding") !== undefined) return answer;
    const lines: HeaderLines = [...answer.headers, ["Content-Encoding", name]];
    return coding.compress(answer.body).then((body) => ({ ...answer, headers: lines, body }));
  },
};

async function decode(exchange: Exchange, coding: string): Promise<undefined> {
  exchange.request = { ...exchange.request, body: await decoded(exchange, coding) };
}

async function decoded({ request }: Exchange, name: string): Promise<Buffer> {
  const coding = CONTENT_CODINGS.get(name);
  if (!coding) {
    throw new GatewayError("UNSUPPORTED_MEDIA_TYPE", {
      reason: `"${name}" is no content coding that API Gateway knows`,
    });
  }
  try {
    return await coding.decompress(request.body, MAX_PAYLOAD_BYTES);
  } catch (cause) {
    throw new GatewayError(isTooLarge(cause) ? "PAYLOAD_TOO_LARGE" : "UNSUPPORTED_MEDIA_TYPE", { cause });
  }
}

/** What Node.js says when a body would grow beyond the limit. */
function isTooLarge(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
}
