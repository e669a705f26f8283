/** The name, of several, that another name may have meant: for messages. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names.map((it) => ({ it, away: distance(name, it) })).sort((left, right) => left.away - right.away);
  return nearest?.it;
}

/** True for another name that differs in so few letters that it is probably a slip. */
export function isSlipOf(name: string, meant: string): boolean {
  return name !== meant && Math.max(distance(name, meant), distance(meant, name)) <= 1;
}

/** Letters that are left out are the likelier slip, and how names are shortened: `reqId` stands for `requestId`. */
const LEFT_OUT = 0.5;

/** Levenshtein's, in any case: how many letters must be put in, left out or replaced to get from one name to the other. */
function distance(name: string, other: string): number {
  const [from, to] = [name.toLowerCase(), other.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index * LEFT_OUT);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + LEFT_OUT));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
