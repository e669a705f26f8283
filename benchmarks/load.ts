import autocannon from "autocannon";

/** What a server made of a load. */
export interface Load {
  /** Requests a second. */
  readonly rate: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
}

/** So many clients send one request after the other over connections that stay. */
const CONNECTIONS = 20;

/** @throws Error when an answer is not 200 */
export async function measure(urls: readonly string[], seconds: number): Promise<Load> {
  const [first = ""] = urls;
  const requests = urls.map((url) => ({ path: new URL(url).pathname }));
  const result = await autocannon({ url: first, requests, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx + result.errors > 0) throw new Error(`${first}: ${result.non2xx + result.errors} wrong answers`);
  const { p50, p99 } = result.latency;
  return { rate: result.requests.total / result.duration, p50Millis: p50, p99Millis: p99 };
}
