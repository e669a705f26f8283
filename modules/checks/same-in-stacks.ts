/** The line of a finding that says its place. A construct's path begins with the name of its stack. */
const PLACE = /\n {2}at ([^/\n]+)[^\n]*/;
const ANY_STACK = "<stack>";

interface Group {
  readonly text: string;
  readonly others: string[];
}

/**
 * What several stacks refuse in the same words, but for the name of the stack, as one finding that names them all: the
 * environments of an application make the same mistake.
 */
export function sameInStacks(findings: readonly string[]): readonly string[] {
  const groups = new Map<string, Group>();
  for (const text of findings) {
    const [place = "", stack] = PLACE.exec(text) ?? [];
    const keys = stack === undefined ? [text] : keysOf(text, place, stack);
    const known = keys.map((key) => groups.get(key)).find((it) => it !== undefined);
    if (stack !== undefined) known?.others.push(stack);
    const group = known ?? { text, others: [] };
    for (const key of keys) groups.set(key, group);
  }
  return [...new Set(groups.values())].map(asText);
}

/** A text may speak of the stack's name by chance: "prod" is a usual example of a stage. Then only the place counts. */
function keysOf(text: string, place: string, stack: string): readonly string[] {
  return [text.replace(place, () => place.replace(stack, ANY_STACK)), text.replaceAll(stack, ANY_STACK)];
}

function asText({ text, others }: Group): string {
  if (others.length === 0) return text;
  return text.replace(PLACE, (place) => `${place}, and the same in ${others.join(", ")}`);
}
