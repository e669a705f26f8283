import type { HeaderLines } from "../host/host";

/** Names and values in turn, as Node.js has them, as lines. */
export function headerLines(raw: readonly string[]): HeaderLines {
  const lines: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) lines.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return lines;
}

/** Value of the last line with this name, whatever its case. */
export function headerValue(lines: HeaderLines, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (line && line[0].toLowerCase() === wanted) return line[1];
  }
  return undefined;
}

/** Values of all lines with this name, whatever its case. */
export function headerValues(lines: HeaderLines, name: string): string[] {
  const wanted = name.toLowerCase();
  return lines.filter(([candidate]) => candidate.toLowerCase() === wanted).map(([, value]) => value);
}

/** The lines without any of these names; names in lower case. */
export function withoutHeaders(lines: HeaderLines, names: ReadonlySet<string>): HeaderLines {
  return lines.filter(([name]) => !names.has(name.toLowerCase()));
}

/** The lines with every earlier line of the new ones' names taken out. */
export function replaceHeaders(lines: HeaderLines, replacements: HeaderLines): HeaderLines {
  const names = new Set(replacements.map(([name]) => name.toLowerCase()));
  return [...withoutHeaders(lines, names), ...replacements];
}

/** Groups lines by name: exact case, values in order. */
export function groupByName(lines: readonly (readonly [string, string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of lines) {
    const values = groups.get(name);
    if (values) values.push(value);
    else groups.set(name, [value]);
  }
  return groups;
}

/** Whether a name and a value can be sent as one header line. */
export function isSendableHeader(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
