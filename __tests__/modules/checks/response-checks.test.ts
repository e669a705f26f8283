import { type IntegrationResponse, MockIntegration } from "../../../modules";
import { patternError } from "../../../modules/checks/java-pattern";
import { api, backend, expectRefusal, findingsOf, type Refusal, route } from "../support/refusals";

const responses = (...integrationResponses: readonly IntegrationResponse[]) =>
  backend(new MockIntegration({ integrationResponses }));

const REFUSALS: readonly Refusal[] = [
  {
    code: "RESPONSE_STATUS_INVALID",
    problem: 'the statusCode of a method response of "GET /a/{id}" must be three digits from "100" to "599", got "2xx"',
    build: route({ methodResponses: [{ statusCode: "2xx" }] }),
  },
  {
    code: "RESPONSE_STATUS_INVALID",
    problem: 'an integration response of "GET /" must be three digits from "100" to "599", got "700"',
    build: responses({ statusCode: "700" }),
  },
  {
    code: "RESPONSE_STATUS_INVALID",
    problem: 'the gateway response THROTTLED must be three digits from "100" to "599", got "slow"',
    build: api({}, (it) => [
      it.root.addMethod("GET"),
      it.addGatewayResponse("R", { type: "THROTTLED", statusCode: "slow" }),
    ]),
  },
  {
    code: "SELECTION_PATTERN_INVALID",
    problem: 'a selectionPattern of "GET /" is no regular expression, "4\\d{2}(": a ( is never closed',
    build: responses({ statusCode: "200" }, { statusCode: "400", selectionPattern: "4\\d{2}(" }),
  },
  {
    code: "SELECTION_PATTERN_DUPLICATE",
    problem: 'two integration responses of "GET /" have the selectionPattern "4.*"',
    build: responses({ statusCode: "400", selectionPattern: "4.*" }, { statusCode: "404", selectionPattern: "4.*" }),
  },
  {
    code: "INTEGRATION_STATUS_DUPLICATE",
    problem: 'two integration responses of "GET /" have the statusCode 400',
    build: responses({ statusCode: "400", selectionPattern: "4.*" }, { statusCode: "400", selectionPattern: "5.*" }),
  },
];

it.each(REFUSALS)("fails when a response cannot be as it says: $code, $problem", (row) => {
  expectRefusal(row);
});

it("says where of two responses that are chosen by the same pattern, once, by construct path", () => {
  const findings = findingsOf(responses({ statusCode: "200" }, { statusCode: "404" }));

  expect(findings).toEqual([
    expect.stringMatching(/^SELECTION_PATTERN_DUPLICATE: .*have no selectionPattern\n {2}at test\/Api\/Default\/GET\n/),
  ]);
});

describe("a regular expression of Java", () => {
  it.each([
    "[\\s\\S]+",
    "4\\d{2}",
    ".*\\(.*",
    "[(]",
    "[]a]",
    "[^]]",
    "\\Qa(b\\E",
    "(?i)not found",
    "a++",
    "(?x) a # (",
    "",
    "(a|b)?",
  ])("may be %s", (pattern) => {
    expect(patternError(pattern)).toBeUndefined();
  });

  it.each([
    ["(a", "a ( is never closed"],
    ["a)", "a ) has no ( before it"],
    ["*a", "there is nothing before * to repeat"],
    ["a|+b", "there is nothing before + to repeat"],
    ["[a-z", "a [ is never closed"],
    ["a\\", "a backslash stands at the end"],
  ])("is never %s", (pattern, reason) => {
    expect(patternError(pattern)).toBe(reason);
  });
});
