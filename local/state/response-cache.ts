import type { OutgoingResponse } from "../exchange";

/** Larger bodies are never stored. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
const MAX_BODY_BYTES = 1_048_576;

/** AWS's smallest cache cluster holds 0.5 GB, which is too much for a developer's machine. */
const CAPACITY_BYTES = 33_554_432;

/** What an entry costs besides texts and body, about. */
const ENTRY_BYTES = 512;

interface Entry {
  readonly response: OutgoingResponse;
  readonly expiresAtMillis: number;
  readonly bytes: number;
}

/** Answers of one stage by cache key. When it is full, what has not been asked for the longest goes first. */
export class ResponseCache {
  /** In the order of use, the latest last. */
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  /** The stored answer, unless it has expired. */
  get(key: string, nowMillis: number): OutgoingResponse | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.remove(key, entry);
    if (nowMillis >= entry.expiresAtMillis) return undefined;
    this.add(key, entry);
    return entry.response;
  }

  /** Stores an answer in place of the one that is there. One that is too large leaves none. */
  set(key: string, { status, headers, body }: OutgoingResponse, expiresAtMillis: number): void {
    const replaced = this.entries.get(key);
    if (replaced) this.remove(key, replaced);
    if (body.length > MAX_BODY_BYTES) return;
    const texts = headers.reduce((sum, [name, value]) => sum + name.length + value.length, key.length);
    // A body may be a view of a larger piece of memory, which must not stay.
    const response = { status, headers, body: Buffer.from(new Uint8Array(body).buffer) };
    this.add(key, { response, expiresAtMillis, bytes: body.length + texts + ENTRY_BYTES });
    for (const [oldest, entry] of this.entries) {
      if (this.bytes <= CAPACITY_BYTES) return;
      this.remove(oldest, entry);
    }
  }

  private add(key: string, entry: Entry): void {
    this.entries.set(key, entry);
    this.bytes += entry.bytes;
  }

  private remove(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.bytes -= entry.bytes;
  }
}
