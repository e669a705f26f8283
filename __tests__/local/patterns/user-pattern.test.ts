import { matchesWhole } from "../../../local/patterns/java-regexp";
import { worstCase } from "../../../local/patterns/pattern-cost";
import { matchUserPattern, sharingPatternLimit } from "../../../local/patterns/user-pattern";
import { GatewayError } from "../../../local/refusals/gateway-error";
import { custom, fails, fakeHost, gatewayFor, integrationResponse, method, mock, send } from "../../support/gateway";

const HOSTILE = `${"a".repeat(100)}!`;
/** Much more than 50 ms, much less than such an expression takes. */
const PATIENCE_MILLIS = 2_000;

const CATASTROPHES = [
  "^(a+)+$",
  "^(a|a)*$",
  "^(a|aa)+$",
  "(a*)*b",
  "^(?=(a+)+$)a",
  "^(?!(a+)+$)a*$",
  String.raw`^(a+)+\1$`,
  "(?i)(A+)+",
  "(?:a?){60}a{60}b",
];

describe("an expression of a user", () => {
  // Once a gateway listens in this process, V8 finds the answer for those without look-around and references.
  const SOLVED = "no match";

  it.each(CATASTROPHES)("is ended when it backtracks without end: %s", (pattern) => {
    const startedAt = performance.now();
    const outcome = reasonOf(() => matchesWhole(pattern, HOSTILE) || SOLVED);

    const named = `the expression ${pattern} takes more than 50 ms for texts such as one of 101 characters`;
    expect(/\(\?[=!]|\\1/.test(pattern) ? [named] : [named, SOLVED]).toContain(outcome);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MILLIS);
  });

  it.each([
    ["4\\d{2}", "404", true],
    ["[\\s\\S]*\\[400\\][\\s\\S]*", 'bad "[400]" request', true],
    ["(?i)bearer [a-z.]+", "Bearer a.b", true],
    ["a|b", "ab", false],
    ["(x)(?<y>y)\\2\\k<y>", "xyyy", true],
    ["[^\\]a]+\\]", "bcd]", true],
    ["(?:ab){2,3}?c", "ababc", true],
  ])("matches as ever: %s", (pattern, text, isMatch) => {
    expect(matchesWhole(pattern, text)).toBe(isMatch);
  });

  it("shares its time with the others of one piece of work", () => {
    const startedAt = performance.now();
    const work = () => {
      for (let index = 0; index < 1_000; index++) {
        try {
          matchUserPattern("^(a+)+$", HOSTILE, () => /^(a+)+$/.test("a".repeat(24) + "!"));
        } catch {
          // The next one tries its luck too.
        }
      }
    };

    sharingPatternLimit(work);

    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MILLIS);
  });
});

describe("the worst case of an expression", () => {
  it.each([
    ["^[a-z]+$", 20],
    ["^[A-Za-z0-9_-]{1,64}$", 64],
    ["^(?:ab)*$", 100],
    ["2\\d\\d", 3],
    ["^\\d{4}-\\d{2}-\\d{2}$", 10],
    ["^.*Not found.*$", 80],
  ])("is small for %s and %i characters", (pattern, length) => {
    expect(worstCase(pattern, length)).toBeLessThan(1_000_000);
  });

  it.each([...CATASTROPHES, "(", "a)", "*"])("is out of reach for %s", (pattern) => {
    expect(worstCase(pattern, 100)).toBeGreaterThan(1e9);
  });

  it("grows with the text", () => {
    expect(worstCase("a*b*c*$", 1_000_000)).toBeGreaterThan(1e12);
  });
});

describe("a hostile text", () => {
  const PATTERN = String.raw`^(a+)+\1$`;
  const body = JSON.stringify({ name: HOSTILE, [HOSTILE]: 1 });
  const modelled = (schema: object) => ({
    models: { Named: { contentType: "application/json", schema: schema as never } },
    requestValidators: { body: { validateRequestBody: true, validateRequestParameters: false } },
    methods: [method({ httpMethod: "POST", requestValidator: "body", requestModels: { "application/json": "Named" } })],
  });
  const template = (call: string) => ({
    methods: [
      method({ httpMethod: "POST", integration: custom("AWS", { requestTemplates: { "application/json": call } }) }),
    ],
  });

  it.each([
    ["the pattern of a model", modelled({ properties: { name: { type: "string", pattern: PATTERN } } })],
    ["the names of properties of a model", modelled({ patternProperties: { [PATTERN]: { type: "string" } } })],
    ["matches in a template", template(`$input.path('$.name').matches('${PATTERN}')`)],
    ["replaceAll in a template", template(`$input.path('$.name').replaceAll('${PATTERN}', '')`)],
    ["split in a template", template(`$input.path('$.name').split('${PATTERN}')`)],
    [
      "a selection pattern",
      {
        methods: [
          method({
            httpMethod: "POST",
            integration: custom("AWS", { responses: [integrationResponse({ selectionPattern: PATTERN })] }),
          }),
        ],
      },
    ],
  ])("costs its own request 500 when it meets %s, and the log names the expression", async (_, api) => {
    const host = fakeHost({ invoke: () => fails(HOSTILE) });
    const startedAt = performance.now();

    const { status } = await send(gatewayFor(api, { host }), { method: "POST", body });

    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MILLIS);
    expect(status).toBe(500);
    expect(host.explained.join()).toContain(PATTERN);
    expect(host.bugs).toEqual([]);
  });

  it("does not hold up other requests, however many texts a body has", async () => {
    const schema = { type: "array", items: { type: "string", pattern: "^(a+)+$" } };
    const api = { ...modelled(schema), methods: [...modelled(schema).methods, method({ integration: mock("fine") })] };
    const gateway = gatewayFor(api);
    const startedAt = performance.now();

    const texts = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => "a".repeat(20 + (index % 3))));
    const [refused, other] = await Promise.all([
      send(gateway, { method: "POST", body: texts.replace(/"]$/, '!"]') }),
      send(gateway),
    ]);

    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MILLIS);
    expect([400, 500]).toContain(refused.status);
    expect(other.body).toBe("fine");
  });
});

/** Why a match was given up, else its result. */
function reasonOf(match: () => unknown): unknown {
  try {
    return match();
  } catch (error) {
    return error instanceof GatewayError ? error.details.reason : error;
  }
}
