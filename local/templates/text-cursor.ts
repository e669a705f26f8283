/** Reads a text from its start to its end, token by token. */
export class TextCursor {
  private position = 0;

  constructor(private readonly text: string) {}

  get hasEnded(): boolean {
    return this.position === this.text.length;
  }

  /** The token that begins here, if any. @param token with the flag `y` */
  take(token: RegExp): RegExpExecArray | undefined {
    token.lastIndex = this.position;
    const taken = token.exec(this.text) ?? undefined;
    if (taken) this.position = token.lastIndex;
    return taken;
  }

  /** @throws Error when the token does not begin here */
  demand(token: RegExp): RegExpExecArray {
    return this.take(token) ?? this.fail();
  }

  /** @throws Error always */
  fail(): never {
    throw new Error(`"${this.text}" cannot be read as JSONPath from character ${this.position} on`);
  }
}
