/** What a mapping template works with: JSON, plus objects of ours that have methods. */
export type TemplateValue =
  | undefined
  | null
  | string
  | number
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

/** Whether the value is a map: neither a list nor one of our objects. */
export function isRecord(value: TemplateValue): value is TemplateRecord {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof TemplateObject);
}

/** Own entry of a map; what JavaScript objects inherit does not exist. */
export function entry(record: TemplateRecord, key: string): TemplateValue {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Sets an entry, whatever its name. */
export function putEntry(record: TemplateRecord, key: string, value: TemplateValue): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

/** How a value prints: lists as compact JSON, maps as `{a=b, c=d}`, nothing for null. */
export function printed(value: TemplateValue): string {
  if (value === undefined || value === null || value instanceof TemplateObject) return "";
  if (value instanceof SilentRecord) return "";
  if (Array.isArray(value)) return JSON.stringify(value);
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      ([key, nested]) => `${key}=${nested === null ? "null" : printed(nested)}`,
    );
    return `{${entries.join(", ")}}`;
  }
  return String(value);
}
