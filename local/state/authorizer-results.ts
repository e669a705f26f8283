import type { AuthorizerResult } from "../auth/authorizer-result";

/** How many decisions a stage keeps on a developer's machine. */
const MAX_ENTRIES = 10_000;

/** Decisions of the Lambda authorizers of one stage. When there are too many, the oldest goes first. */
export class AuthorizerResults {
  private readonly entries = new Map<string, { readonly result: AuthorizerResult; readonly expiresAtMillis: number }>();

  /** The decision for these identities, unless it has expired. */
  get(key: string, nowMillis: number): AuthorizerResult | undefined {
    const entry = this.entries.get(key);
    if (entry && nowMillis < entry.expiresAtMillis) return entry.result;
    this.entries.delete(key);
    return undefined;
  }

  set(key: string, result: AuthorizerResult, expiresAtMillis: number): void {
    this.entries.delete(key);
    this.entries.set(key, { result, expiresAtMillis });
    const [oldest] = this.entries.keys();
    if (oldest !== undefined && this.entries.size > MAX_ENTRIES) this.entries.delete(oldest);
  }
}
