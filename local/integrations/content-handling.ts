import type { ContentHandling } from "../../definition/integration";
import { decodeBase64 } from "../http/media-types";
import { configurationFailure } from "../refusals/gateway-error";

/** A payload as templates may see it, or as bytes that no template can read. */
export type Payload =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly bytes: Buffer };

/** What API Gateway says of text that should be base64. */
export const UNDECODABLE = "Unable to base64 decode the body";

const utf8 = (bytes: Buffer): Payload => ({ kind: "text", text: bytes.toString() });
const encoded = (bytes: Buffer): Payload => ({ kind: "text", text: bytes.toString("base64") });
const unchanged = (bytes: Buffer): Payload => ({ kind: "bytes", bytes });

function decoded(bytes: Buffer): Payload {
  const result = decodeBase64(bytes.toString());
  if (!result) throw configurationFailure("the payload is not base64, but must be decoded", UNDECODABLE);
  return { kind: "bytes", bytes: result };
}

type Conversions = Readonly<Record<"unset" | ContentHandling, (bytes: Buffer) => Payload>>;

/** Towards the backend: by whether the client's content type is binary. */
const REQUEST: Readonly<Record<"binary" | "text", Conversions>> = {
  binary: { unset: unchanged, CONVERT_TO_TEXT: encoded, CONVERT_TO_BINARY: unchanged },
  text: { unset: utf8, CONVERT_TO_TEXT: utf8, CONVERT_TO_BINARY: decoded },
};

/** Towards the client: by whether the backend's content type is binary; unset looks at `Accept` too. */
const RESPONSE: Readonly<
  Record<"binary" | "text", Conversions & { readonly unsetForText: (bytes: Buffer) => Payload }>
> = {
  binary: { unset: unchanged, unsetForText: encoded, CONVERT_TO_TEXT: encoded, CONVERT_TO_BINARY: unchanged },
  text: { unset: decoded, unsetForText: utf8, CONVERT_TO_TEXT: utf8, CONVERT_TO_BINARY: decoded },
};

/**
 * Converts a request body.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function convertRequest(bytes: Buffer, isBinary: boolean, handling: ContentHandling | undefined): Payload {
  return bytes.length === 0 ? utf8(bytes) : REQUEST[isBinary ? "binary" : "text"][handling ?? "unset"](bytes);
}

/** Converts a response body. */
export function convertResponse(
  bytes: Buffer,
  isBinary: boolean,
  clientAcceptsBinary: boolean,
  handling: ContentHandling | undefined,
): Payload {
  if (bytes.length === 0) return utf8(bytes);
  const conversions = RESPONSE[isBinary ? "binary" : "text"];
  return conversions[handling ?? (clientAcceptsBinary ? "unset" : "unsetForText")](bytes);
}

/** The bytes to send. */
export function payloadBytes(payload: Payload): Buffer {
  return payload.kind === "text" ? Buffer.from(payload.text) : payload.bytes;
}
