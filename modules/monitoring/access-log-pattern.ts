const STATUS = "$context.status";
/** Marks a number that stood without quotes, which is no JSON before API Gateway has filled it in. */
const BARE_STATUS = "headgate:bare-status";

/**
 * The CloudWatch pattern that finds lines of a JSON access log by status; `undefined` when the format is no JSON, or does
 * not hold the status under a name that a pattern can say.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function statusPattern(format: string, status: number): string | undefined {
  const quoted = format.replaceAll(/:\s*\$context\.status\b/g, () => `:"${BARE_STATUS}"`);
  const line = parse(quoted.replaceAll(/:\s*\$context\.[\w.]+/g, ":0"));
  const [path, found] = find(line, "$") ?? [];
  if (path === undefined) return undefined;
  return `{ ${path} = ${found === STATUS ? `"${status}"` : status} }`;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function find(value: unknown, path: string): readonly [path: string, found: string] | undefined {
  if (value === STATUS || value === BARE_STATUS) return [path, value];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = /^\w+$/.test(name) ? find(member, `${path}.${name}`) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
