import type { ZodType } from "zod";
import type { ContractAnswer } from "./customer";

/** What an answer must be. */
export interface ExpectedAnswer {
  readonly status: number;
  /** Its body has these properties and no others. */
  readonly body: ZodType;
  /** @default - any */
  readonly headers?: Readonly<Record<string, RegExp>>;
}

/** What is wrong with an answer, in words; empty when it is as agreed. */
export function contractProblems(answer: ContractAnswer, expected: ExpectedAnswer): string[] {
  if (answer.status !== expected.status) {
    return [`status ${answer.status} instead of ${expected.status}: ${JSON.stringify(answer.body)}`];
  }
  const { success, data, error } = expected.body.safeParse(answer.body);
  const agreed = new Set(pathsIn(data));
  const headers = Object.entries(expected.headers ?? {}).map(
    ([name, pattern]) => [name, pattern, answer.headers.get(name)] as const,
  );
  return [
    ...(success ? [] : error.issues.map(({ path, message }) => `${["body", ...path].join(".")}: ${message}`)),
    // zod leaves out what it does not know: a property that nobody agreed on may be a secret.
    ...(success ? pathsIn(answer.body).filter((path) => !agreed.has(path)) : []).map(
      (path) => `${path} is not in the contract`,
    ),
    ...headers
      .filter(([, pattern, value]) => !pattern.test(value ?? ""))
      .map(([name, pattern, value]) => `header ${name} must match ${pattern}, got ${JSON.stringify(value)}`),
  ];
}

function pathsIn(value: unknown, path = "body"): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, item]) => pathsIn(item, `${path}.${name}`))];
}
