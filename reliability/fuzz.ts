import { converse, drawConversation } from "./converse";
import { Random } from "./random";

/** What the fuzzer shall do. */
export interface FuzzOptions {
  readonly port: number;
  readonly requests: number;
  /** The same seed sends the same bytes. */
  readonly seed: number;
  /** @default 8 */
  readonly connections?: number;
  /** Called with the number of requests so far. */
  readonly onProgress?: (requests: number) => Promise<void> | void;
}

/** How often each status was answered. */
export type AnswerCounts = Readonly<Record<number, number>>;

/**
 * Sends mutated requests over raw connections, pipelined, and reads every answer strictly.
 *
 * @throws Error with the bytes sent, when an answer is no HTTP or missing, or when the server no longer serves
 */
export async function fuzz(options: FuzzOptions): Promise<AnswerCounts> {
  const { port, requests, seed, connections = 8, onProgress } = options;
  const counts: Record<number, number> = {};
  let left = requests;
  const client = async (index: number) => {
    const random = new Random(seed * 1_000 + index);
    while (left > 0) {
      const conversation = drawConversation(random, left);
      left -= conversation.requests.length + (conversation.broken.length > 0 ? 1 : 0);
      const { statuses } = await converse(port, conversation, random);
      for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
      await onProgress?.(requests - left);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => client(index)));
  await expectServing(port);
  return counts;
}

async function expectServing(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/mock`);
  if (response.status !== 200) throw new Error(`the gateway answers ${response.status} afterwards`);
}
