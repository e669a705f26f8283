/** How many ways there are to match a part of an expression in a text of this length, at most. */
type Ways = (length: number) => number;

const KEPT = 1_000;
const kept = new Map<string, Ways>();

/**
 * Upper bound of the steps that a backtracking matcher takes for an expression: the ways to match it, times the places where
 * it may begin, times the length of a way. `Infinity` for what is not understood.
 */
export function worstCase(pattern: string, length: number): number {
  let ways = kept.get(pattern);
  if (!ways) {
    ways = new Reader(pattern).ways();
    if (kept.size >= KEPT) kept.clear();
    kept.set(pattern, ways);
  }
  // Without repetition a way is no longer than the expression.
  return ways(length) * (/[*+{]/.test(pattern) ? length + pattern.length : pattern.length);
}

const ZERO: Ways = () => 0;
const ONE: Ways = () => 1;
const ENDLESS: Ways = () => Number.POSITIVE_INFINITY;

const BACK_REFERENCE = /\\(?:[1-9]|k<)/;
const GROUP_START = /\((?:\?(?:[:=!>]|<[=!]|<\w+>|[a-z-]+:?))?/y;
const ATOM =
  /\\(?:[pP]\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|[^()[\]\\|*+?]/y;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})[?+]?/y;

class Reader {
  private position = 0;

  constructor(private readonly pattern: string) {}

  ways(): Ways {
    if (BACK_REFERENCE.test(this.pattern)) return ENDLESS;
    const isAnchored = this.pattern.startsWith("^");
    const first = this.sequence();
    if (this.hasEnded && isAnchored) return first;
    const others = this.take(/\|/y) ? this.alternatives() : ZERO;
    return this.hasEnded ? (length) => (first(length) + others(length)) * (length + 1) : ENDLESS;
  }

  private get hasEnded(): boolean {
    return this.position === this.pattern.length;
  }

  private alternatives(): Ways {
    const branches = [this.sequence()];
    while (this.take(/\|/y)) branches.push(this.sequence());
    return (length) => branches.reduce((sum, ways) => sum + ways(length), 0);
  }

  private sequence(): Ways {
    const parts: Ways[] = [];
    for (let part = this.part(); part; part = this.part()) parts.push(part);
    return (length) => parts.reduce((product, ways) => product * ways(length), 1);
  }

  private part(): Ways | undefined {
    const inner = this.take(GROUP_START) ? this.group() : this.take(ATOM) && ONE;
    if (!inner) return undefined;
    const [, sign, least = "", comma, most = ""] = this.take(QUANTIFIER) ?? [];
    if (sign === undefined && least === "") return inner;
    const from = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
    const bound = sign === undefined && comma === "" ? from : most === "" ? Number.POSITIVE_INFINITY : Number(most);
    return repeated(inner, from, sign === "?" ? 1 : bound);
  }

  private group(): Ways {
    const inner = this.alternatives();
    return this.take(/\)/y) ? inner : ENDLESS;
  }

  private take(token: RegExp): RegExpExecArray | undefined {
    token.lastIndex = this.position;
    const taken = token.exec(this.pattern) ?? undefined;
    if (taken) this.position = token.lastIndex;
    return taken;
  }
}

/** Each number of rounds is a way, and each round has the ways of what is repeated. */
function repeated(inner: Ways, from: number, to: number): Ways {
  return (length) => {
    const rounds = Math.max(from, Math.min(to, length));
    const each = inner(length);
    if (each <= 1) return rounds - from + 1;
    return (rounds - from + 1) * each ** rounds;
  };
}
