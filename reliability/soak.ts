import { once } from "node:events";
import { connect } from "node:net";
import { Random } from "./random";
import { ResponseReader } from "./response-reader";

/** What the soak shall do. */
export interface SoakOptions {
  readonly port: number;
  readonly seconds: number;
  readonly seed: number;
  /** @default 16 */
  readonly connections?: number;
}

/** How often each route answered with each status, as in `{ "GET /v1/mock 200": 12 }`. */
export type SoakCounts = Readonly<Record<string, number>>;

interface SoakRequest {
  readonly line: string;
  readonly body?: string;
  readonly statuses: readonly number[];
}

/** Requests that go through all kinds of routes, and the statuses that are no error. */
const REQUESTS: readonly [SoakRequest, ...SoakRequest[]] = [
  { line: "GET /v1/mock", statuses: [200] },
  { line: "GET /v1/echo/things?a=1", statuses: [200] },
  { line: "POST /v1/echo/things", body: `{"text":"${"x".repeat(2_000)}"}`, statuses: [200] },
  { line: "GET /v1/cached/one", statuses: [200] },
  { line: "GET /v1/throttled", statuses: [200, 429] },
  { line: "POST /v1/people/bo", body: '{"name":"bo li"}', statuses: [200] },
  { line: "POST /v1/people/bo", body: '{"name":7}', statuses: [400] },
  { line: "POST /v1/mapped/bo", body: '{"name":"bo li"}', statuses: [200] },
  { line: "GET /v1/keyed", statuses: [403] },
];

/** The longest time for which a connection may wait for one answer. */
const SILENCE_MILLIS = 30_000;
const REQUESTS_PER_CONNECTION = 5_000;

/**
 * Sends requests to all kinds of routes as fast as they are answered.
 *
 * @throws Error when a route answers with another status than it should, or not at all
 */
export async function soak({ port, seconds, seed, connections = 16 }: SoakOptions): Promise<SoakCounts> {
  const counts: Record<string, number> = {};
  const endsAt = performance.now() + seconds * 1_000;
  const client = async (index: number) => {
    const random = new Random(seed * 1_000 + index);
    while (performance.now() < endsAt) await useConnection(port, random, endsAt, counts);
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => client(index)));
  return counts;
}

async function useConnection(port: number, random: Random, endsAt: number, counts: Record<string, number>) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const reader = new ResponseReader(() => false);
  const answered = waiter();
  socket.setTimeout(SILENCE_MILLIS, () => socket.destroy(new Error("the gateway is silent")));
  socket.on("error", answered.fail);
  socket.on("close", () => answered.fail(new Error("the gateway has closed the connection")));
  socket.on("data", (chunk) => {
    try {
      reader.push(chunk);
      answered.wake();
    } catch (error) {
      answered.fail(error);
    }
  });
  for (let sent = 1; sent <= REQUESTS_PER_CONNECTION && performance.now() < endsAt; sent++) {
    const { line, body = "", statuses } = random.pick(REQUESTS);
    const length = body === "" ? "" : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
    socket.write(`${line} HTTP/1.1\r\nHost: localhost\r\n${length}\r\n${body}`);
    while (reader.statuses.length < sent) await answered.next();
    const status = reader.statuses[sent - 1] ?? 0;
    if (!statuses.includes(status)) throw new Error(`${line} answers ${status}`);
    const key = `${line} ${status}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  socket.removeAllListeners("close").end();
  await once(socket, "close");
}

/** Hands on news, one at a time. */
function waiter() {
  let settle = { resolve: () => {}, reject: (_error: unknown) => {} };
  let failure: { readonly error: unknown } | undefined;
  return {
    next: () =>
      new Promise<void>((resolve, reject) => {
        if (failure) reject(failure.error);
        else settle = { resolve, reject };
      }),
    wake: () => settle.resolve(),
    fail: (error: unknown) => {
      failure ??= { error };
      settle.reject(error);
    },
  };
}
