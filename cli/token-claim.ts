/** Claims that are points in time, in seconds. */
const TIMES: ReadonlySet<string> = new Set(["auth_time", "exp", "iat"]);

/** Reads `name=value`; lists, maps and truth values are JSON. Undefined when there is no name. */
export function parseClaim(text: string): readonly [name: string, value: unknown] | undefined {
  const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (TIMES.has(name)) return [name, Number(value)];
  if (!/^(?:[[{].*|true|false)$/s.test(value)) return [name, value];
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}
