import { assertLength } from "./limits";
import { LiteralNumber, literalJson } from "./literal-number";

/** What a mapping template works with: JSON, plus objects of ours that have methods. */
export type TemplateValue =
  | undefined
  | null
  | string
  | number
  | LiteralNumber
  | boolean
  | readonly TemplateValue[]
  | TemplateObject
  | TemplateRecord;

export interface TemplateRecord {
  [key: string]: TemplateValue;
}

/** `$input` and `$util`: nothing but the members and methods that are listed. */
export class TemplateObject {
  constructor(
    readonly methods: Readonly<Record<string, (...args: TemplateValue[]) => TemplateValue>>,
    readonly members: Readonly<Record<string, TemplateValue>> = {},
  ) {}
}

/** A map below `$context`. Unlike other maps it prints as nothing. */
export class SilentRecord {
  [key: string]: TemplateValue;
}

/**
 * Overrides below `$context`: each may be set once.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export class OverrideRecord extends SilentRecord {}

/** Whether the value is a map: neither a list nor one of our objects. */
export function isRecord(value: TemplateValue): value is TemplateRecord {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  return !(value instanceof TemplateObject) && !(value instanceof LiteralNumber);
}

/** Own entry of a map; what JavaScript objects inherit does not exist. */
export function entry(record: TemplateRecord, key: string): TemplateValue {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Sets an entry, whatever its name. @throws Error when an override is set again */
export function putEntry(record: TemplateRecord, key: string, value: TemplateValue): void {
  if (record instanceof OverrideRecord && Object.hasOwn(record, key) && !isRecord(record[key])) {
    throw new Error(`"${key}" is overridden a second time`);
  }
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

const JAVA_LISTS = new WeakSet<object>();

/** Marks a list that a template has made: it prints as Java prints lists. Those of a payload print as JSON. */
export function javaList<List extends readonly TemplateValue[]>(list: List): List {
  JAVA_LISTS.add(list);
  return list;
}

/** What one value of a list or map counts as, in characters: looking at them takes time too. */
const EACH_VALUE = 10;

/**
 * How many characters a value prints, roughly. Lists that hold one list twice, and so on, are small in memory only.
 *
 * @throws Error as soon as that is too long
 */
function assertPrintable(value: TemplateValue, before = 0): number {
  let length = before + EACH_VALUE;
  if (typeof value === "string") length += value.length;
  else if (Array.isArray(value)) for (const item of value) length = assertPrintable(item, length);
  else if (isRecord(value)) {
    for (const key of Object.keys(value)) length = assertPrintable(value[key], length + key.length);
  }
  assertLength(length);
  return length;
}

/** How a value prints: lists of a payload as compact JSON, other lists as `[a, b]`, maps as `{a=b, c=d}`, nothing for null. */
export function printed(value: TemplateValue): string {
  if (value === undefined || value === null || value instanceof TemplateObject) return "";
  if (value instanceof SilentRecord) return "";
  if (typeof value === "object") assertPrintable(value);
  return printedWithin(value);
}

function printedWithin(value: TemplateValue): string {
  if (value === undefined || value === null || value instanceof TemplateObject) return "";
  if (value instanceof SilentRecord) return "";
  if (Array.isArray(value)) {
    return JAVA_LISTS.has(value) ? `[${value.map(printedInside).join(", ")}]` : literalJson(value);
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, nested]) => `${key}=${printedInside(nested)}`);
    return `{${entries.join(", ")}}`;
  }
  return String(value);
}

function printedInside(value: TemplateValue): string {
  return value === null ? "null" : printedWithin(value);
}
