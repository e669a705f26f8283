/** Media type of requests and responses that do not say theirs. */
export const DEFAULT_MEDIA_TYPE = "application/json";

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function mediaTypeOf(headerValue: string | undefined): string {
  const [type = ""] = (headerValue ?? "").split(";");
  return type.trim().toLowerCase();
}

/** Media types of an `Accept` header in the order written; weights are not looked at. */
export function acceptedMediaTypes(accept: string | undefined): string[] {
  return (accept ?? "").split(",").map(mediaTypeOf).filter(Boolean);
}

/**
 * Whether a media type is one of the API's binary ones: the same, or covered by an entry that ends in a wildcard.
 * A wildcard in the type itself is a literal.
 */
export function isBinaryMediaType(mediaType: string, binaryMediaTypes: readonly string[]): boolean {
  if (!mediaType.includes("/")) return false;
  const [type] = mediaType.split("/");
  return binaryMediaTypes.some((entry) => {
    const configured = entry.replaceAll("~1", "/").toLowerCase();
    return configured === mediaType || configured === "*/*" || configured === `${type}/*`;
  });
}

/** Whether the client asks for bytes: only the first media type of `Accept` counts. */
export function acceptsBinary(accept: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const [first = ""] = acceptedMediaTypes(accept);
  return isBinaryMediaType(first, binaryMediaTypes);
}

/** Decodes base64, or gives nothing when the text is something else. */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/\s+/g, "");
  const valid = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return valid ? Buffer.from(compact, "base64") : undefined;
}
