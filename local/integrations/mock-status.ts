/**
 * `statusCode` of what a MOCK's request template renders. AWS reads it as a lax kind of JSON: keys without quotes or in
 * single ones, stray commas, any junk between brackets.
 *
 * @returns undefined when there is no integer, or no object
 */
export function mockStatusCode(rendered: string): number | undefined {
  const reader = new LaxReader(rendered.trim());
  return reader.statusCode();
}

class LaxReader {
  private position = 0;

  constructor(private readonly text: string) {}

  statusCode(): number | undefined {
    if (!this.take(/\{/y)) return undefined;
    let status: number | undefined;
    for (;;) {
      this.take(/[\s,]+/y);
      if (this.take(/\}/y) !== undefined) return status;
      const key = this.take(/"[^"]*"|'[^']*'|[^\s:{}[\],"']+/y);
      const value = key !== undefined && this.take(/\s*:\s*/y) !== undefined ? this.value() : undefined;
      if (key === undefined || value === undefined) return undefined;
      if (key.replace(/["']/g, "") !== "statusCode") continue;
      if (!/^-?\d+$/.test(value)) return undefined;
      status = Number(value);
    }
  }

  private value(): string | undefined {
    return this.take(/"[^"]*"|'[^']*'|[^\s,{}[\]"']+/y) ?? this.nested("{", "}") ?? this.nested("[", "]");
  }

  private nested(open: string, close: string): string | undefined {
    if (this.text[this.position] !== open) return undefined;
    let depth = 0;
    for (let end = this.position; end < this.text.length; end++) {
      if (this.text[end] === open) depth++;
      if (this.text[end] === close) depth--;
      if (depth > 0) continue;
      const taken = this.text.slice(this.position, end + 1);
      this.position = end + 1;
      return taken;
    }
    return undefined;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const taken = pattern.exec(this.text)?.[0];
    if (taken !== undefined) this.position = pattern.lastIndex;
    return taken;
  }
}
