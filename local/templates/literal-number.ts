/** In front of a number where JSON wants a string; no JSON text holds it without an escape. */
const MARK = "\u0000number:";
const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const TOKENS = new RegExp(String.raw`"(?:[^"\\]|\\.)*"|${NUMBER}`, "gs");
const WHOLE_NUMBER = new RegExp(`^${NUMBER}$`);
const MARKED = new RegExp(String.raw`"\\u0000number:(${NUMBER})"`, "g");

/** A number that JavaScript would write in another way than the payload does, as `20.0` or one of twenty digits. */
export class LiteralNumber {
  readonly #literal: string;

  constructor(literal: string) {
    this.#literal = literal;
  }

  /** Whether Java calculates with fractions. */
  get isFraction(): boolean {
    return /[.eE]/.test(this.#literal);
  }

  valueOf(): number {
    return Number(this.#literal);
  }

  toString(): string {
    return this.#literal;
  }

  toJSON(): string {
    return MARK + this.#literal;
  }
}

/** `JSON.parse` that keeps numbers as they are written. @throws SyntaxError when the text is no JSON */
export function parseLiterally(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (!/\d[.eE]|\d{16}|-0/.test(text)) return parsed;
  const marked = text.replace(TOKENS, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : JSON.stringify(MARK + token),
  );
  return JSON.parse(marked, (_, value: unknown) => {
    const isMarked = typeof value === "string" && value.startsWith(MARK) && WHOLE_NUMBER.test(value.slice(MARK.length));
    return isMarked ? new LiteralNumber(value.slice(MARK.length)) : value;
  });
}

/** `JSON.stringify` for what `parseLiterally` gives. */
export function literalJson(value: unknown): string {
  return JSON.stringify(value).replace(MARKED, (_, literal: string) => literal);
}

/** Java writes exponents from here on. */
const JAVA_EXPONENTS_FROM = 1e7;

/** A number that Java holds as a fraction: it prints `10.0` where JavaScript prints `10`. */
export function asFraction(value: number): number | LiteralNumber {
  return Number.isInteger(value) && Math.abs(value) < JAVA_EXPONENTS_FROM ? new LiteralNumber(`${value}.0`) : value;
}
