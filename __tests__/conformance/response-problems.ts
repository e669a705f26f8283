import type { HeaderLines } from "../../local/host/host";
import { headerValue } from "../../local/http/headers";
import type { CaseWorld, ReceivedRequest } from "./case-world";
import type { BackendExpectation, Expectations } from "./conformance-case";
import { bytesProblems, differences, shown, valueProblems } from "./matchers";
import { matchesText, type PlaceholderValues } from "./placeholders";
import { decodedBody, type Received } from "./send";

/** What of a response is not as expected. */
export function responseProblems(
  received: Received,
  expected: Expectations,
  values: PlaceholderValues,
): readonly string[] {
  const { status, headers, body } = received;
  const problems: string[] = [];
  if (expected.status !== undefined && !isStatus(status, expected.status, values)) {
    problems.push(`status: expected ${expected.status}, got ${status} ${shown(body.toString())}`);
  }
  problems.push(...headerProblems(headers, expected.headers ?? {}, values));
  for (const [name, lines] of Object.entries(expected.multiHeaders ?? {})) {
    const found = headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    problems.push(...differences(lines, found, values, "exact", name));
  }
  for (const name of expected.absentHeaders ?? []) {
    const found = headerValue(headers, name);
    if (found !== undefined) problems.push(`${name}: expected no such header, got ${found}`);
  }
  for (const value of expected.absentHeaderValues ?? []) {
    const found = headers.find(([, each]) => each === value);
    if (found) problems.push(`${found[0]}: must not be ${value}`);
  }
  for (const name of expected.headerNamesExact ?? []) {
    if (!headers.some(([each]) => each === name)) {
      problems.push(`expected a header written ${name}, got ${headers.map(([each]) => each).join(", ")}`);
    }
  }
  if (expected.body) problems.push(...bytesProblems(body, expected.body, values).map((problem) => `body: ${problem}`));
  if (expected.decodedBody) {
    problems.push(
      ...bytesProblems(decodedBody(received), expected.decodedBody, values).map((each) => `decoded: ${each}`),
    );
  }
  if (expected.decision !== undefined && expected.decision !== decisionOf(received)) {
    problems.push(`decision: expected ${expected.decision}, got ${decisionOf(received)}`);
  }
  if (expected.maxLatencyMs !== undefined && received.latencyMs > expected.maxLatencyMs) {
    problems.push(`took ${Math.round(received.latencyMs)} ms`);
  }
  return problems;
}

/** What a response tells of the policies' decision. */
function decisionOf({ status, body }: Received): string {
  if (status < 400) return "Allow";
  return body.includes("explicit deny") ? "Explicit Deny" : "Implicit Deny";
}

/** What of several responses is not there at all. */
export function someProblems(
  received: readonly Received[],
  { someStatus, someHeaders, someBody }: Expectations,
  values: PlaceholderValues,
): readonly string[] {
  if (someStatus === undefined && !someHeaders && !someBody) return [];
  const expected: Expectations = {
    ...(someStatus !== undefined && { status: someStatus }),
    ...(someHeaders && { headers: someHeaders }),
    ...(someBody && { body: someBody }),
  };
  return received.some((each) => responseProblems(each, expected, values).length === 0)
    ? []
    : [`no response is ${shown(JSON.stringify(expected))}, got ${received.map(({ status }) => status).join(", ")}`];
}

/** What functions, backends and logs have not seen as expected. */
export function worldProblems(world: CaseWorld, expected: Expectations, values: PlaceholderValues): readonly string[] {
  const problems: string[] = [];
  const events = { ...expected.lambdaEvent, ...expected.authorizerEvent };
  for (const [name, matcher] of Object.entries(events)) {
    const event = world.events.get(name)?.at(-1);
    const found = event === undefined ? ["was not invoked"] : valueProblems(event, matcher, values);
    problems.push(...found.map((problem) => `event of ${name}: ${problem}`));
  }
  const counts = { ...expected.lambdaInvocations, ...expected.authorizerInvocations };
  for (const [name, count] of Object.entries(counts)) {
    const found = world.events.get(name)?.length ?? 0;
    if (found !== count) problems.push(`${name}: expected ${count} invocations, got ${found}`);
  }
  for (const [name, request] of Object.entries(expected.backendRequest ?? {})) {
    const found = world.backendRequests.get(name);
    const wrong = calledProblems(found, request, values);
    problems.push(...wrong.map((problem) => `backend ${name}: ${problem}`));
  }
  if (expected.accessLog) {
    const line = Buffer.from(world.accessLog.at(-1) ?? "");
    problems.push(...bytesProblems(line, expected.accessLog, values).map((problem) => `access log: ${problem}`));
  }
  return [...problems, ...world.bugs.map((bug) => `bug: ${bug instanceof Error ? bug.stack : bug}`)];
}

function calledProblems(
  found: ReceivedRequest | undefined,
  expected: BackendExpectation | null,
  values: PlaceholderValues,
): readonly string[] {
  if (expected === null) return found ? ["was called"] : [];
  return found ? backendProblems(found, expected, values) : ["was not called"];
}

function backendProblems(
  { method, headers, body = Buffer.alloc(0), parsedUrl }: ReceivedRequest,
  expected: BackendExpectation,
  values: PlaceholderValues,
): readonly string[] {
  const problems: string[] = [];
  const query: Record<string, string[]> = {};
  for (const [name, value] of parsedUrl.searchParams) query[name] = [...(query[name] ?? []), value];
  if (expected.method !== undefined && expected.method !== method) problems.push(`method ${method}`);
  if (expected.path !== undefined && !matchesText(expected.path, parsedUrl.pathname, values)) {
    problems.push(`expected the path ${expected.path}, got ${parsedUrl.pathname}`);
  }
  if (expected.query) problems.push(...differences(expected.query, query, values, "exact", "query"));
  for (const name of expected.absentQuery ?? []) if (name in query) problems.push(`query has ${name}`);
  problems.push(...headerProblems(headers, expected.headers ?? {}, values));
  for (const name of expected.absentHeaders ?? []) {
    if (headerValue(headers, name) !== undefined)
      problems.push(`has the header ${name}: ${headerValue(headers, name)}`);
  }
  const matcher = {
    ...(expected.body !== undefined && { text: expected.body }),
    ...(expected.bodyJson !== undefined && { json: expected.bodyJson }),
    ...(expected.bodyBase64 !== undefined && { base64: expected.bodyBase64 }),
  };
  return Object.keys(matcher).length === 0 ? problems : [...problems, ...bytesProblems(body, matcher, values)];
}

/** Lines of one name are one value, as HTTP has it. */
function headerProblems(
  lines: HeaderLines,
  expected: Readonly<Record<string, string>>,
  values: PlaceholderValues,
): readonly string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = lines.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, each]) => each);
    if (found.some((each) => matchesText(String(value), each, values))) return [];
    if (found.length > 0 && matchesText(String(value), found.join(", "), values)) return [];
    return [`${name}: expected ${value}, got ${found.length === 0 ? "no such header" : found.join(" | ")}`];
  });
}

function isStatus(status: number, expected: number | string, values: PlaceholderValues): boolean {
  return typeof expected === "number" ? status === expected : matchesText(expected, String(status), values);
}
