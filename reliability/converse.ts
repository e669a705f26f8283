import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { brokenRequest, type HostileRequest, lastRequest, oddRequest } from "./hostile-requests";
import type { Random } from "./random";
import { ResponseReader } from "./response-reader";

/** A server that says nothing for so long has hung. */
const SILENCE_MILLIS = 30_000;
const MAX_PIPELINED = 100;

/** What one connection sends. */
export interface Conversation {
  /** Each is due one answer. */
  readonly requests: readonly HostileRequest[];
  /** Bytes behind them to which the server may give answers or not, as long as it stays within HTTP. */
  readonly broken: Buffer;
  /** Send in small pieces. */
  readonly isSlow: boolean;
  /** Cut the connection instead of waiting for answers. */
  readonly isAbandoned: boolean;
}

/** What came back. */
export interface Outcome {
  readonly statuses: readonly number[];
}

/** Draws a conversation of at most this many requests. */
export function drawConversation(random: Random, atMost: number): Conversation {
  const length = Math.min(1 + random.below(MAX_PIPELINED), atMost);
  const requests = Array.from({ length }, () => oddRequest(random));
  const isBroken = random.chance(0.5);
  return {
    requests: [...requests.slice(1), ...(isBroken ? requests.slice(0, 0) : [lastRequest(random)])],
    broken: isBroken ? brokenRequest(random) : Buffer.alloc(0),
    isSlow: random.chance(0.05),
    isAbandoned: random.chance(0.05),
  };
}

/**
 * Sends everything over one connection and reads all answers.
 *
 * @throws Error when an answer is no HTTP, is missing, or the server goes silent
 */
export function converse(port: number, conversation: Conversation, random: Random): Promise<Outcome> {
  const { requests, broken, isSlow, isAbandoned } = conversation;
  const bytes = Buffer.concat([...requests.map((request) => request.bytes), broken]);
  const reader = new ResponseReader((index) => requests[index]?.isHead ?? broken.subarray(0, 5).toString() === "HEAD ");
  const { statuses } = reader;
  // What is cut off before its first byte asks for nothing.
  if (bytes.length === 0) return Promise.resolve({ statuses });
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const fail = (error: unknown) => {
      socket.destroy();
      reject(withConversation(error, statuses, conversation));
    };
    socket.setTimeout(SILENCE_MILLIS, () => fail(new Error(`the server is silent after ${statuses.length} answers`)));
    socket.on("data", (chunk) => {
      try {
        reader.push(chunk);
      } catch (error) {
        fail(error);
      }
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // A server that has refused what it cannot read need not take the rest.
      if (broken.length === 0 || !["ECONNRESET", "EPIPE"].includes(error.code ?? "")) fail(error);
    });
    socket.on("end", () => socket.end());
    socket.on("close", () => {
      if (isAbandoned) return resolve({ statuses });
      try {
        if (!socket.errored) reader.end();
        if (statuses.length < requests.length && !socket.errored) {
          throw new Error(`${statuses.length} answers to ${requests.length} requests`);
        }
        resolve({ statuses });
      } catch (error) {
        fail(error);
      }
    });
    const sent = isSlow ? sendSlowly(socket, bytes, random) : Promise.resolve(socket.write(bytes));
    void sent.then(() => {
      if (isAbandoned) socket.destroy();
      else if (broken.length > 0) socket.end();
    });
  });
}

async function sendSlowly(socket: ReturnType<typeof connect>, bytes: Buffer, random: Random): Promise<void> {
  const piece = Math.ceil(bytes.length / 20);
  for (let at = 0; at < bytes.length && !socket.destroyed; at += piece) {
    socket.write(bytes.subarray(at, at + piece));
    await pause(random.below(4));
  }
}

/** Says what was sent around the place where the answers end. */
function withConversation(error: unknown, statuses: readonly number[], { requests, broken }: Conversation): Error {
  const message = error instanceof Error ? error.message : String(error);
  const next = requests.slice(Math.max(0, statuses.length - 1), statuses.length + 2).map(({ bytes }) => excerpt(bytes));
  return new Error(
    [message, `after: ${statuses.join(" ")}`, ...next.map((text) => `next: ${text}`), `end: ${excerpt(broken)}`].join(
      "\n  ",
    ),
  );
}

function excerpt(bytes: Buffer): string {
  return JSON.stringify(bytes.subarray(0, 800).toString("latin1"));
}
