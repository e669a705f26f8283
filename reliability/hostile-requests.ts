import { gzipSync } from "node:zlib";
import type { Random } from "./random";

/** A request as bytes. */
export interface HostileRequest {
  readonly bytes: Buffer;
  readonly isHead: boolean;
}

const ROUTES = [
  "/v1/mock",
  "/v1/mock",
  "/v1/echo/a",
  "/v1/cached/one",
  "/v1/throttled",
  "/v1/keyed",
  "/v1/people/bo",
  "/v1/mapped/bo",
  "/v1/nothing",
  "/v2/mock",
  "/",
] as const;

const METHODS = [
  "GET",
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "HEAD",
  "OPTIONS",
  "PROPFIND",
  "PURGE",
  "TRACE",
] as const;

const PATH_PARTS = [
  "//",
  "/./",
  "/../",
  "/../../../etc/passwd",
  "%2F",
  "%2e%2e/",
  "%00",
  "%FF%FE",
  "%",
  "%zz",
  "%C3%28",
  "%F0%9F%92%A9",
  ";a=b",
  "{name}",
  "|^`\\",
  "__proto__",
  "constructor",
  "+",
  "~",
  "'\"<script>",
  "$input.path('$')",
  "${stageVariables.color}",
] as const;

const QUERIES = [
  "?",
  "?a=1&a=2&A=3",
  "?a",
  "?=",
  "?&&&=&",
  "?a=%",
  "?a=%FF&b=%C3%28",
  "?__proto__=1&constructor=2&hasOwnProperty=3",
  "?a[]=1&a[b]=2",
  "?a=1;b=2",
  "??x?y=?",
  `?${"a=1&".repeat(200)}`,
  `?q=${"%41".repeat(2000)}`,
] as const;

const HEADERS = [
  "Accept: */*",
  "Accept: application/octet-stream, text/html;q=x",
  "Accept: ,,;;/",
  "Accept-Encoding: gzip",
  "Accept-Encoding: deflate;q=0.5, gzip;q=1.0, br",
  "Accept-Encoding: gzip;q=NaN, *;q=-1",
  "Authorization: Bearer x.y.z",
  "Authorization: AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=;;, Signature=",
  "Cache-Control: max-age=0",
  'Content-Type: text/plain; charset="',
  "Content-Type: application/octet-stream",
  "Content-Type: multipart/form-data; boundary=",
  "Content-Encoding: gzip",
  "Content-Encoding: identity",
  "Content-Encoding: br, gzip, zstd",
  "Content-MD5: nonsense",
  "Cookie: a=b; c; =d; \x80\xff",
  "Expect: 100-continue",
  "Expect: the-unexpected",
  'Forwarded: for=_gazonk;host="\x80"',
  "If-None-Match: *",
  "Keep-Alive: timeout=99999999",
  "Max-Forwards: -1",
  "Origin: null",
  "Origin: https://app.example.com",
  "Range: bytes=-1,,0-",
  "TE: trailers, deflate;q=",
  "Upgrade: h2c",
  "Via: 1.1 a, 2 b",
  "X-Amzn-Trace-Id: Root=;;Parent==;Sampled=2;Self",
  "X-Amzn-Trace-Id: Root=1-00000000-000000000000000000000000;Sampled=1",
  "X-Forwarded-For: 1.2.3.4, ::::, \x80",
  "X-HTTP-Method-Override: DELETE",
  "X-HTTP-Method-Override: \x80\xff constructor",
  "x-api-key: __proto__",
  "__proto__: x",
  "constructor: x",
  "Empty:",
  "Tab:\t a \t",
  "Obs-Text: \x80\x81\xfe\xff",
] as const;

const BODIES: readonly [(random: Random) => Buffer, ...((random: Random) => Buffer)[]] = [
  () => Buffer.alloc(0),
  () => Buffer.from('{"name":"bo li","age":3}'),
  () => Buffer.from(`{"name":"${"a".repeat(40)}!"}`),
  () => Buffer.from('{"__proto__":{"x":1},"constructor":null,"name":"bo"}'),
  () => Buffer.from('{"name":"bo","age":1e999,"big":123456789012345678901234567890,"minus":-0}'),
  () => Buffer.from('{"name":"\\ud800","other":"\\u0000"}'),
  (random) => Buffer.from("[".repeat(random.below(3000))),
  (random) => Buffer.from(`${'{"a":'.repeat(500)}1${"}".repeat(random.below(502))}`),
  (random) => random.bytes(random.below(300)),
  (random) => gzipSync(Buffer.alloc(random.below(20_000), "a")),
  (random) => Buffer.concat([Buffer.from('{"name":"'), random.bytes(20), Buffer.from('"}')]),
];

/** A request whose framing is right, however odd the rest of it is: exactly one answer is due, and the connection stays. */
export function oddRequest(random: Random, extraHeaders: readonly string[] = []): HostileRequest {
  const target = oddTarget(random);
  const usual = /^\/v1\/(?:people|mapped)/.test(target) ? "POST" : "GET";
  const method = random.chance(0.6) ? usual : random.pick(METHODS);
  const headers = ["Host: localhost", ...extraHeaders, ...oddHeaders(random)];
  const body = method === "GET" && random.chance(0.9) ? Buffer.alloc(0) : random.pick(BODIES)(random);
  if (random.chance(0.5)) headers.push("Content-Type: application/json");
  const isChunked = random.chance(0.3);
  if (isChunked) headers.push("Transfer-Encoding: chunked");
  else if (body.length > 0 || random.chance(0.2)) headers.push(`Content-Length: ${body.length}`);
  const head = `${method} ${target} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`;
  const payload = isChunked ? chunked(random, body) : body;
  return { bytes: Buffer.concat([Buffer.from(head, "latin1"), payload]), isHead: method === "HEAD" };
}

/** A request that asks for the end of the connection. */
export function lastRequest(random: Random): HostileRequest {
  if (random.chance(0.2)) return { bytes: Buffer.from("GET /v1/mock HTTP/1.0\r\n\r\n"), isHead: false };
  return oddRequest(random, ["Connection: close"]);
}

function oddTarget(random: Random): string {
  let target: string = random.pick(ROUTES);
  while (random.chance(0.15)) {
    const at = random.below(target.length + 1);
    target = target.slice(0, at) + random.pick(PATH_PARTS) + target.slice(at);
  }
  if (random.chance(0.02)) target += `/${"x".repeat(random.below(12_000))}`;
  if (random.chance(0.3)) target += random.pick(QUERIES);
  if (random.chance(0.05)) return `http://other.example.com:99${target.startsWith("/") ? "" : "/"}${target}`;
  return /^[/*]/.test(target) ? target : `/${target}`;
}

function oddHeaders(random: Random): string[] {
  const headers: string[] = [];
  while (random.chance(0.6)) headers.push(random.pick(HEADERS));
  if (random.chance(0.02)) headers.push(`Long: ${"a".repeat(random.below(20_000))}`);
  if (random.chance(0.02))
    headers.push(...Array.from({ length: random.below(400) }, (_, index) => `H${index}: ${index}`));
  // With `Connection: upgrade` the bytes behind the request would be another protocol's.
  return headers;
}

function chunked(random: Random, body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const size = Math.min(body.length - at, 1 + random.below(200));
    const extension = random.chance(0.2) ? ';a="b";c' : "";
    const digits = random.chance(0.2) ? size.toString(16).toUpperCase().padStart(6, "0") : size.toString(16);
    parts.push(Buffer.from(`${digits}${extension}\r\n`), body.subarray(at, at + size), Buffer.from("\r\n"));
    at += size;
  }
  parts.push(Buffer.from(random.chance(0.2) ? "0\r\nTrailer: x\r\n\r\n" : "0\r\n\r\n"));
  return Buffer.concat(parts);
}

const SMUGGLED = "GET /v1/mock HTTP/1.1\r\nHost: smuggled\r\n\r\n";

/** What no server may take for a request, or only in one way. */
const BROKEN = [
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nContent-Length: 1 1\r\n\r\na",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nContent-Length: 0x10\r\n\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "POST /v1/mock HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n",
  `POST /v1/mock HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n${SMUGGLED}`,
  `POST /v1/mock HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nTransfer-Encoding:\x0bchunked\r\n\r\n${SMUGGLED}`,
  "GET /v1/mock HTTP/1.1\nHost: h\n\n",
  "GET /v1/mock HTTP/1.1\r\nHost: h\r\n folded: x\r\n\r\n",
  "GET /v1/mock HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
  "GET /v1/mock HTTP/1.1\r\nHost: h\r\nNul: a\x00b\r\n\r\n",
  "GET /v1/mock HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n",
  "GET /v1/mock HTTP/1.1\r\n\r\n",
  "GET /v1/mock HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
  "GET /v1/mock HTTP/9.9\r\nHost: h\r\n\r\n",
  "GET /v1/mo ck HTTP/1.1\r\nHost: h\r\n\r\n",
  "GET /v1/\x00 HTTP/1.1\r\nHost: h\r\n\r\n",
  "GET\t/v1/mock\tHTTP/1.1\r\nHost: h\r\n\r\n",
  "get /v1/mock HTTP/1.1\r\nHost: h\r\n\r\n",
  "NONSENSE /v1/mock HTTP/1.1\r\nHost: h\r\n\r\n",
  "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n",
  "GET /v1/mock HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  `GET /v1/mock HTTP/1.1\r\nHost: h\r\nX: ${"a".repeat(70_000)}\r\n\r\n`,
  `GET /${"a".repeat(70_000)} HTTP/1.1\r\nHost: h\r\n\r\n`,
  "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  "\r\n\r\n\r\n",
] as const;

/** Bytes that are no request, that end within one, or whose framing is a trap: the connection must end in good order. */
export function brokenRequest(random: Random): Buffer {
  if (random.chance(0.6)) return Buffer.from(random.pick(BROKEN), "latin1");
  const { bytes } = oddRequest(random);
  if (random.chance(0.4)) return bytes.subarray(0, random.below(bytes.length));
  const flipped = Buffer.from(bytes);
  for (let flips = 1 + random.below(4); flips > 0; flips--) flipped[random.below(flipped.length)] = random.below(256);
  return random.chance(0.1) ? random.bytes(1 + random.below(500)) : flipped;
}
