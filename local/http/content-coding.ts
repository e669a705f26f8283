import { promisify } from "node:util";
import { deflate, gunzip, gzip, inflate } from "node:zlib";

/** How a body can be compressed. */
interface ContentCoding {
  compress(body: Buffer): Promise<Buffer>;
  /** Rejects what is not coded so, and what would be larger than `maxBytes`. */
  decompress(body: Buffer, maxBytes: number): Promise<Buffer>;
}

const [compressGzip, decompressGzip, compressDeflate, decompressDeflate] = [
  promisify<Buffer, Buffer>(gzip),
  promisify(gunzip) as (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>,
  promisify<Buffer, Buffer>(deflate),
  promisify(inflate) as (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>,
];

/**
 * The codings that API Gateway knows, but for `identity`, which is none.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
 */
export const CONTENT_CODINGS: ReadonlyMap<string, ContentCoding> = new Map([
  [
    "gzip",
    {
      compress: (body: Buffer) => compressGzip(body),
      decompress: (body: Buffer, maxOutputLength: number) => decompressGzip(body, { maxOutputLength }),
    },
  ],
  [
    "deflate",
    {
      compress: (body: Buffer) => compressDeflate(body),
      decompress: (body: Buffer, maxOutputLength: number) => decompressDeflate(body, { maxOutputLength }),
    },
  ],
]);

/**
 * The coding that a client prefers, if API Gateway knows it: of those with the highest weight, the first one. A wildcard
 * names none, and neither does a missing header.
 */
export function preferredCoding(acceptEncoding: string | undefined): string | undefined {
  const accepted = (acceptEncoding ?? "")
    .split(",")
    .map(weighted)
    .filter(({ weight }) => weight > 0);
  const highest = Math.max(...accepted.map(({ weight }) => weight));
  const known = accepted.find(
    ({ name, weight }) => weight === highest && (CONTENT_CODINGS.has(name) || name === "identity"),
  );
  return known?.name === "identity" ? undefined : known?.name;
}

/** `gzip;q=0.5`. A weight that is no number counts as the highest. */
function weighted(text: string): { readonly name: string; readonly weight: number } {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const [, weight = "1"] = parameters.map((parameter) => /^q\s*=\s*(.*)$/.exec(parameter)).find(Boolean) ?? [];
  const parsed = Number.parseFloat(weight);
  return { name, weight: name === "" ? 0 : Number.isNaN(parsed) ? 1 : Math.min(parsed, 1) };
}
