/**
 * A value that a reader could not evaluate travels inside the string where it belongs, as a marker that names where it
 * comes from. Types stay plain, a definition with unknowns still loads, and whoever uses such a string can tell.
 */
export interface Unknown {
  /** Address of the Terraform object, as in `aws_vpc_link.main`. */
  readonly address: string;
  /** Attribute or expression that has no value before apply. */
  readonly attribute: string;
}

const MARKER = /\u27E6unknown ([^\s\u27E6\u27E7]+) ([^\u27E6\u27E7]*)\u27E7/g;

/** Characters of an address, as in the key of `aws_sqs_queue.events["a b"]`, that would break the marker or the JSON around it. */
const UNFIT = /["\\\s\p{Cc}\u27E6\u27E7]/gu;

/** The marker for one unknown. */
export function markUnknown({ address, attribute }: Unknown): string {
  return `\u27E6unknown ${address.replace(UNFIT, replacement)} ${attribute}\u27E7`;
}

function replacement(character: string): string {
  return character === '"' ? "'" : "_";
}

/** All unknowns inside any JSON-like value, in order of appearance. */
export function unknownsIn(value: unknown): Unknown[] {
  if (typeof value === "string") {
    return [...value.matchAll(MARKER)].map(([, address = "", attribute = ""]) => ({ address, attribute }));
  }
  if (Array.isArray(value)) return value.flatMap(unknownsIn);
  if (value !== null && typeof value === "object") return Object.values(value).flatMap(unknownsIn);
  return [];
}

/** A text for people, with the address and attribute of what is unknown in it. */
export function withoutMarkers(text: string): string {
  return text.replace(MARKER, (_marker, address: string, attribute: string) => `(unknown ${address}.${attribute})`);
}

/** The unknown that a text consists of, where not even a part of it is known. */
export function wholeUnknown(text: string): Unknown | undefined {
  const [first] = unknownsIn(text);
  return first !== undefined && /^\u27E6[^\u27E7]*\u27E7$/.test(text) ? first : undefined;
}
