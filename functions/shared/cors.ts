/**
 * CORS headers of a response. Browsers take one origin only, so the caller's is repeated when it is allowed; `Vary` keeps caches from giving the
 * answer to another one.
 *
 * @param origin `Origin` of the request
 * @param allowedOrigins comma-separated, exact
 * @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 */
export function corsHeaders(origin: string | undefined, allowedOrigins: string): Record<string, string> {
  const allowed = allowedOrigins.split(",").map((entry) => entry.trim());
  if (!origin || !allowed.includes(origin)) return { Vary: "Origin" };
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": "Idempotent-Replayed, Location",
    Vary: "Origin",
  };
}
