/** Marks a value that stood without quotes, which is no JSON before API Gateway has filled it in. */
const BARE = "headgate:bare ";

/** Where a JSON access log keeps a fact. */
export interface LogMember {
  /** `status`, or `http.status` for an object in the object. */
  readonly path: string;
  /** False for a number without quotes. */
  readonly isText: boolean;
}

/**
 * Where a line of an access log holds a `$context` variable alone; `undefined` when the format is no JSON, or does not hold
 * it under a name that patterns and queries of CloudWatch can say.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export function logMember(format: string, variable: string): LogMember | undefined {
  const quoted = format.replaceAll(/:\s*(\$context\.[\w.]+)/g, (_whole, name: string) => `:"${BARE}${name}"`);
  return find(parse(quoted), variable, []);
}

/**
 * The CloudWatch pattern that finds lines of a JSON access log by status; `undefined` when the log does not hold the status.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function statusPattern(format: string, status: number): string | undefined {
  const member = logMember(format, "$context.status");
  return member === undefined ? undefined : `{ $.${member.path} = ${member.isText ? `"${status}"` : status} }`;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function find(value: unknown, variable: string, path: readonly string[]): LogMember | undefined {
  if (value === variable) return { path: path.join("."), isText: true };
  if (value === `${BARE}${variable}`) return { path: path.join("."), isText: false };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = /^\w+$/.test(name) ? find(member, variable, [...path, name]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
