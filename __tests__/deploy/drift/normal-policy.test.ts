import type { JsonObject } from "../../../definition/json";
import { deployedPolicy, normalPolicy } from "../../../deploy/drift/normal-policy";

const policyOf = (statement: JsonObject): JsonObject => ({ Version: "2012-10-17", Statement: [statement] });

describe("the policy of an API", () => {
  it("is read from the text in a text that AWS answers, with the API's own resources in the short form", () => {
    const policy = policyOf({ Resource: ["arn:aws:execute-api:eu-west-1:111111111111:a1b2c3/v1/GET/orders", "*"] });
    const answered = JSON.stringify(JSON.stringify(policy)).slice(1, -1);

    expect(deployedPolicy(answered, "a1b2c3")).toEqual(policyOf({ Resource: ["execute-api:/v1/GET/orders", "*"] }));
  });

  it.each([
    ["plain JSON", JSON.stringify(policyOf({}))],
    ["JSON with blanks and escaped quotes", JSON.stringify(JSON.stringify(policyOf({}), null, 1)).slice(1, -1)],
  ])("is read from %s", (_form, text) => {
    expect(deployedPolicy(text, "a1b2c3")).toEqual(policyOf({}));
  });

  it.each([undefined, ""])("is absent where AWS answers %j", (text) => {
    expect(deployedPolicy(text, "a1b2c3")).toBeUndefined();
  });

  it.each([
    ["a list of one action", { Action: "execute-api:Invoke" }, { Action: ["execute-api:Invoke"] }],
    ["another order of resources", { Resource: ["a", "b"] }, { Resource: ["b", "a"] }],
    ["every principal", { Principal: "*" }, { Principal: { AWS: "*" } }],
    [
      "the root user of an account",
      { Principal: { AWS: "111111111111" } },
      { Principal: { AWS: ["arn:aws:iam::111111111111:root"] } },
    ],
    [
      "a list of one condition",
      { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } },
      { Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1"] } } },
    ],
    [
      "a flag as text",
      { Condition: { Bool: { "aws:SecureTransport": true } } },
      { Condition: { Bool: { "aws:SecureTransport": "true" } } },
    ],
  ])("means the same with %s", (_what, left, right) => {
    expect(normalPolicy(policyOf(left))).toEqual(normalPolicy(policyOf(right)));
  });

  it("means the same where its only statement is no list", () => {
    expect(normalPolicy({ Statement: { Effect: "Allow" } })).toEqual(
      normalPolicy({ Statement: [{ Effect: "Allow" }] }),
    );
  });

  it.each([
    [{ Effect: "Allow" }, { Effect: "Deny" }],
    [{ Action: "a" }, { Action: "b" }],
    [{ Principal: { AWS: "111111111111" } }, { Principal: { AWS: "222222222222" } }],
  ])("differs where it means something else: %j and %j", (left, right) => {
    expect(normalPolicy(policyOf(left))).not.toEqual(normalPolicy(policyOf(right)));
  });
});
