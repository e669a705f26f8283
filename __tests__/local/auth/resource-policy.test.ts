import type { JsonObject } from "../../../definition/json";
import { matchesGlob } from "../../../local/auth/glob";
import { combinedVote, type Vote } from "../../../local/auth/policy";
import { type ConditionKeys, holds } from "../../../local/auth/policy-conditions";
import { fakeHost, gatewayFor, lambdaFunction, method, mock, send } from "../../support/gateway";

type Statement = JsonObject;

const allow: Statement = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
const deny: Statement = { ...allow, Effect: "Deny" };

const apiWith = (...statements: readonly Statement[]) => ({
  methods: [method({ integration: mock("in") }), method({ resourcePath: "/a/{b+}", integration: mock("in") })],
  policy: { Version: "2012-10-17", Statement: [...statements] },
});

describe("the policy of an API", () => {
  const own = "arn:aws:execute-api:eu-central-1:000000000000:abcdefghij/v1/GET/things";
  it.each<[string, readonly Statement[], number]>([
    ["all callers", [allow], 200],
    ["the whole ARN", [{ ...allow, Resource: own }], 200],
    ["the stage", [{ ...allow, Resource: ["execute-api:/v2/*", "execute-api:/v1/*"] }], 200],
    ["another stage", [{ ...allow, Resource: "execute-api:/v2/*" }], 403],
    ["another verb", [{ ...allow, Resource: "execute-api:/*/POST/*" }], 403],
    ["one character more", [{ ...allow, Resource: "execute-api:/v1/GET/things?" }], 403],
    ["all but other resources", [{ ...allow, Resource: undefined, NotResource: "execute-api:/v2/*" } as never], 200],
    ["all actions", [{ ...allow, Action: "Execute-API:*" }], 200],
    ["all actions but this", [{ ...allow, Action: undefined, NotAction: "execute-api:Invoke" } as never], 403],
    ["everybody of AWS", [{ ...allow, Principal: { AWS: "*" } }], 200],
    ["an account, and the caller is unknown", [{ ...allow, Principal: { AWS: "000000000000" } }], 403],
    ["a service", [{ ...allow, Principal: { Service: "lambda.amazonaws.com" } }], 403],
    ["nobody", [], 403],
    ["all, and denies this", [allow, { ...deny, Resource: "execute-api:/v1/GET/things" }], 403],
    ["all, and denies others", [allow, { ...deny, Resource: "execute-api:/v1/GET/a/*" }], 200],
    ["its range", [{ ...allow, Condition: { IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "::1/128"] } } }], 200],
    ["another range", [{ ...allow, Condition: { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } } }], 403],
    ["all outside of a range", [allow, { ...deny, Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.1" } } }], 200],
    ["a VPC endpoint", [{ ...allow, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }], 403],
    ["none but a VPC", [allow, { ...deny, Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } } }], 403],
    [
      "two conditions",
      [{ ...allow, Condition: { Bool: { "aws:SecureTransport": true }, StringLike: { "aws:UserAgent": "c?rl/*" } } }],
      200,
    ],
  ])("allows %s", async (_, statements, status) => {
    const response = await send(gatewayFor(apiWith(...statements)), { headers: [["User-Agent", "curl/8"]] });

    expect(response.status).toBe(status);
  });

  it.each([
    ["", [{ ...allow, Resource: "execute-api:/v2/*" }]],
    [" with an explicit deny", [allow, deny]],
  ])("masks the account when it refuses%s", async (suffix, statements) => {
    const response = await send(gatewayFor(apiWith(...statements)), { target: "/v1/a/b%20c/d?x=1" });

    expect(response).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } });
    expect(response.body).toBe(
      `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-central-1:********0000:abcdefghij/v1/GET/a/b%20c/d${suffix}"}`,
    );
  });

  it.each([
    ["denies before the authorizer is asked", deny, 403, 0],
    ["may leave the decision to the authorizer", { ...allow, Resource: "execute-api:/v2/*" }, 403, 1],
    ["may allow what the authorizer does not", allow, 200, 1],
  ])("%s", async (_, statement, status, asked) => {
    const policyDocument = { Statement: [{ Effect: "Allow", Action: "*", Resource: "other" }] };
    const host = fakeHost({
      invoke: () => ({ payload: Buffer.from(JSON.stringify({ principalId: "u", policyDocument })) }),
    });
    const uri = "arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:aws:lambda:r:0:function:decide/invocations";
    const gateway = gatewayFor(
      {
        methods: [method({ authorizationType: "CUSTOM", authorizer: "a", integration: mock("in") })],
        authorizers: {
          a: {
            type: "TOKEN",
            uri,
            identitySource: "method.request.header.Authorization",
            resultTtlSeconds: 0,
            providerArns: [],
          },
        },
        policy: { Statement: statement },
      },
      { host, stack: { functions: [lambdaFunction("decide")] } },
    );

    expect((await send(gateway, { headers: [["Authorization", "t"]] })).status).toBe(status);
    expect(host.invocations).toHaveLength(asked);
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html, tables A and B. */
describe("the policies of caller and API together", () => {
  it.each<[ofCaller: Vote, ofApi: Vote, sameAccount: Vote, otherAccount: Vote]>([
    ["Allow", "Allow", "Allow", "Allow"],
    ["Allow", "None", "Allow", "None"],
    ["Allow", "Deny", "Deny", "Deny"],
    ["None", "Allow", "Allow", "None"],
    ["None", "None", "None", "None"],
    ["None", "Deny", "Deny", "Deny"],
    ["Deny", "Allow", "Deny", "Deny"],
    ["Deny", "None", "Deny", "Deny"],
    ["Deny", "Deny", "Deny", "Deny"],
  ])("say, for %s and %s, %s within an account and %s across", (ofCaller, ofApi, sameAccount, otherAccount) => {
    expect(combinedVote(ofCaller, ofApi, true)).toBe(sameAccount);
    expect(combinedVote(ofCaller, ofApi, false)).toBe(otherAccount);
  });
});

describe("a condition", () => {
  const keys: ConditionKeys = new Map([
    ["one", ["b"]],
    ["many", ["a", "b"]],
    ["number", ["10"]],
    ["time", ["2024-10-05T13:55:36Z"]],
    ["ip", ["::ffff:192.0.2.1"]],
    ["arn", ["arn:aws:iam::1:role/x"]],
  ]);
  it.each<[string, string, readonly string[], boolean]>([
    ["StringEquals", "ONE", ["a", "b"], true],
    ["StringEquals", "one", ["B"], false],
    ["StringEqualsIgnoreCase", "one", ["B"], true],
    ["StringNotEquals", "one", ["a", "b"], false],
    ["StringNotEquals", "one", ["a", "c"], true],
    ["StringNotEqualsIgnoreCase", "one", ["B"], false],
    ["StringEquals", "absent", ["a"], false],
    ["StringEqualsIfExists", "absent", ["a"], true],
    ["StringNotEquals", "absent", ["a"], true],
    ["NotIpAddress", "absent", ["10.0.0.0/8"], true],
    ["ForAnyValue:StringEquals", "many", ["b"], true],
    ["ForAllValues:StringEquals", "many", ["b"], false],
    ["ForAllValues:StringEquals", "many", ["a", "b", "c"], true],
    ["ForAllValues:StringEquals", "absent", ["a"], true],
    ["ForAnyValue:StringNotEquals", "absent", ["a"], false],
    ["Null", "absent", ["true"], true],
    ["Null", "one", ["true"], false],
    ["Null", "one", ["false"], true],
    ["StringNotLike", "one", ["?"], false],
    ["ArnLike", "arn", ["arn:aws:iam::*:role/*"], true],
    ["ArnNotEquals", "arn", ["arn:aws:iam::1:role/x"], false],
    ["NumericEquals", "number", ["10.0"], true],
    ["NumericLessThan", "number", ["10"], false],
    ["NumericLessThanEquals", "number", ["10"], true],
    ["NumericGreaterThan", "number", ["9"], true],
    ["DateLessThan", "time", ["2024-10-06"], true],
    ["DateGreaterThanEquals", "time", ["1728136536"], true],
    ["IpAddress", "ip", ["192.0.2.0/24"], true],
    ["IpAddress", "one", ["192.0.2.0/24"], false],
  ])("%s of %s with %j holds: %s", (operator, key, values, expected) => {
    expect(holds({ operator, key, values }, keys)).toBe(expected);
  });
});

describe("a pattern of IAM", () => {
  it.each([
    ["*", "", true],
    ["a*c", "abbc", true],
    ["a*c", "abb", false],
    ["*b*b", "abab", true],
    ["?", "", false],
    ["a.c", "abc", false],
    ["", "", true],
    ["", "a", false],
  ])("%j covers %j: %s", (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it("takes no time that grows with its stars", () => {
    expect(matchesGlob(`${"*a".repeat(200)}b`, "a".repeat(2000))).toBe(false);
  });
});
