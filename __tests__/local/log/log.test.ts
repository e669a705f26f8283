import { createLog, type LogTarget } from "../../../local/log/create-log";
import type { LogEntry, LogFormat } from "../../../local/log/entry";

const TIME = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

const REQUEST = {
  kind: "request",
  requestId: "id",
  httpMethod: "GET",
  path: "/v1/orders/17",
  status: 200,
  from: "integration",
  latencyMillis: 12,
  api: "orders",
  stage: "v1",
  route: { httpMethod: "GET", resourcePath: "/orders/{orderId}", isCached: false },
} as const satisfies LogEntry;

/** What is written for some entries; of the lines to stdout, those of one turn are one text. */
function written(format: LogFormat, entries: readonly LogEntry[], target: Partial<LogTarget> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const { log, flush } = createLog(format, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    isColoured: false,
    now: () => TIME,
    defer: () => {},
    ...target,
  });
  for (const entry of entries) log(entry);
  flush();
  return { out, err, lines: out.join("\n").split("\n") };
}

describe("the pretty log", () => {
  it("shows requests in columns, with their route where the path does not show it, and why they were refused", () => {
    const { lines } = written("pretty", [
      REQUEST,
      { ...REQUEST, from: "cache", latencyMillis: 0 },
      { ...REQUEST, httpMethod: "OPTIONS", path: "/v1/health", route: { ...REQUEST.route, resourcePath: "/health" } },
      { ...REQUEST, path: "/v1/x", status: 403, latencyMillis: 1_234, route: undefined, why: "Forbidden; no key" },
    ]);

    expect(lines).toEqual([
      "GET      200      12 ms  /v1/orders/17  /orders/{orderId}",
      "GET      200       0 ms  /v1/orders/17  /orders/{orderId}  from the cache",
      "OPTIONS  200      12 ms  /v1/health",
      "GET      403    1234 ms  /v1/x  Forbidden; no key",
    ]);
  });

  it("says of each line where it comes from, and keeps its bytes", () => {
    const { lines } = written("pretty", [
      { kind: "function", functionName: "orders-dev-fn", line: 'REPORT RequestId: 1\tDuration: 2 ms  {"ünï":"✓"}' },
      { kind: "access", stage: "v1", line: '{"status":"200"}' },
      { kind: "execution", stage: "v1", line: "(id) Starting execution" },
    ]);

    expect(lines).toEqual([
      'orders-dev-fn | REPORT RequestId: 1\tDuration: 2 ms  {"ünï":"✓"}',
      'access v1 | {"status":"200"}',
      "execution v1 | (id) Starting execution",
    ]);
  });

  it("writes warnings and errors to stderr, after what was said before", () => {
    const order: string[] = [];
    const target = { out: (text: string) => order.push(text), err: (text: string) => order.push(`err ${text}`) };

    written(
      "pretty",
      [
        { kind: "note", text: "first" },
        { kind: "warning", text: "second\n  fix: do" },
        { kind: "error", text: "third" },
      ],
      target,
    );

    expect(order).toEqual(["first", "err second\n  fix: do", "err third"]);
  });

  it.each<[title: string, entry: LogEntry, line: string]>([
    [
      "paths",
      { ...REQUEST, path: "/v1/\r\nGET      200", route: undefined },
      "GET      200      12 ms  /v1/\\u000d\\u000aGET      200",
    ],
    ["verbs", { ...REQUEST, httpMethod: "GE\u001b[2KT", route: undefined }, ""],
    ["reasons", { ...REQUEST, why: "a\nb\u0085c\u2028d" }, ""],
    ["access logs", { kind: "access", stage: "v1", line: "\u001b[1A\u001b[2Kaccess v1 | forged" }, ""],
    ["functions", { kind: "function", functionName: "fn", line: "progress\rother-fn | forged" }, ""],
    [
      "texts that run backwards",
      { kind: "access", stage: "v1", line: "a\u202e002\u2066" },
      "access v1 | a\\u202e002\\u2066",
    ],
    ["functions that clear the screen", { kind: "function", functionName: "fn", line: "\u001b[2J\u009b2J\u0007" }, ""],
  ])("lets control characters of %s forge nothing", (_title, entry, line) => {
    const { lines } = written("pretty", [entry]);

    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    if (line !== "") expect(lines[0]).toBe(line);
  });

  it("leaves functions their colours, up to the end of the line", () => {
    const { lines } = written("pretty", [
      { kind: "function", functionName: "fn", line: "\u001b[31mred\u001b[1mbold\u001b[2J" },
    ]);

    expect(lines).toEqual(["fn | \u001b[31mred\u001b[1mbold\\u001b[2J\u001b[0m"]);
  });

  it("has colours of its own only where they are asked for", () => {
    const entries: LogEntry[] = [REQUEST, { kind: "access", stage: "v1", line: "x" }];

    expect(written("pretty", entries, { isColoured: true }).lines[0]).toContain("\u001b[32m200\u001b[39m");
    expect(written("pretty", entries).lines.join("")).not.toContain("\u001b");
  });
});

describe("the JSON log", () => {
  const entries: readonly LogEntry[] = [
    { kind: "note", text: "two\nlines" },
    { kind: "warning", text: "careful" },
    {
      kind: "started",
      text: "for people",
      facts: { stack: "s", stages: ["u"], admin: "a", services: {}, debuggers: [], runtimes: ["r"], notEmulated: [] },
    },
    REQUEST,
    { kind: "access", stage: "v1", line: "a\u2028b\u0085c" },
    { kind: "execution", stage: "v1", line: "e" },
    { kind: "function", functionName: "fn", line: '\u001b[31m"}\r' },
    { kind: "error", text: "wrong" },
  ];

  it("is one object a line on stdout, each with time and kind", () => {
    const { lines, err } = written("json", entries);

    const objects = lines.map((line) => JSON.parse(line));
    expect(err).toEqual([]);
    expect(objects.map(({ kind }) => kind)).toEqual(entries.map(({ kind }) => kind));
    expect(objects.every(({ time }) => time === "2026-01-02T03:04:05.006Z")).toBe(true);
    expect(objects[2]).toEqual({
      time: expect.any(String),
      kind: "started",
      stack: "s",
      stages: ["u"],
      admin: "a",
      services: {},
      debuggers: [],
      runtimes: ["r"],
      notEmulated: [],
    });
    expect(objects[3]).toEqual({ time: expect.any(String), ...REQUEST });
    expect(objects[6]).toMatchObject({ functionName: "fn", line: '\u001b[31m"}\r' });
  });

  it("holds no character that could end a line or move the cursor", () => {
    const { lines } = written("json", entries);

    expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  });
});

describe("the lines of one turn", () => {
  it("are written together, once", () => {
    const deferred: (() => void)[] = [];
    const out: string[] = [];

    written("pretty", [REQUEST, REQUEST, REQUEST], {
      defer: (run) => deferred.push(run),
      out: (text) => out.push(text),
    });
    for (const run of deferred) run();

    expect(deferred).toHaveLength(1);
    expect(out).toHaveLength(1);
    expect(out[0]?.split("\n")).toHaveLength(3);
  });
});
