import type { JsonObject } from "../../../definition/json";
import { parsePolicy, type Vote, voteOf } from "../../../local/auth/policy";
import { createGateway } from "../../../local/pipeline";
import { deployed, fakeHost, method, proxy, send, stack } from "../../support/gateway";

const API = "arn:aws:execute-api:eu-central-1:000000000000:abcdefghij";
const keys = new Map([
  ["aws:username", ["ann"]],
  ["aws:principaltag/team", ["red"]],
  ["aws:referer", ["*"]],
  ["several", ["a", "b"]],
]);

const statement = (more: JsonObject = {}): JsonObject => ({
  Effect: "Allow",
  Principal: "*",
  Action: "execute-api:Invoke",
  Resource: "*",
  ...more,
});

function vote(more: JsonObject, path = "/v1/GET/ann", Version: string | undefined = "2012-10-17"): Vote {
  const policy = parsePolicy({ ...(Version && { Version }), Statement: statement(more) });
  return voteOf(policy, { action: "execute-api:Invoke", resource: `${API}${path}`, keys });
}

const resource = (text: string): JsonObject => ({ Resource: `execute-api:/v1/GET/${text}` });
const condition = (operator: string, key: string, ...values: readonly string[]): JsonObject => ({
  Condition: { [operator]: { [key]: [...values] } },
});

describe("a variable of a policy", () => {
  it.each<[title: string, more: JsonObject, path: string, expected: Vote]>([
    ["stands for what is known of the caller", resource("${aws:username}"), "/v1/GET/ann", "Allow"],
    ["has a name in any case", resource("${AWS:UserName}"), "/v1/GET/ann", "Allow"],
    ["is not another caller", resource("${aws:username}"), "/v1/GET/bob", "None"],
    ["stands beside other text", resource("${aws:username}/*"), "/v1/GET/ann/7", "Allow"],
    ["may be a tag", resource("${aws:PrincipalTag/team}"), "/v1/GET/red", "Allow"],
    ["matches nothing when it is not known", resource("${aws:PrincipalTag/other}"), "/v1/GET/", "None"],
    ["has a default", resource("${aws:PrincipalTag/other, 'none'}"), "/v1/GET/none", "Allow"],
    ["needs no default when it is known", resource("${aws:username, 'none'}"), "/v1/GET/ann", "Allow"],
    ["cannot stand for several values", resource("${several}"), "/v1/GET/a", "None"],
    ["brings no wildcards", resource("${aws:Referer}"), "/v1/GET/anything", "None"],
    ["may be a star", resource("${aws:Referer}"), "/v1/GET/*", "Allow"],
    ["escapes a star", resource("a${*}"), "/v1/GET/a*", "Allow"],
    ["escapes a star that is none", resource("a${*}"), "/v1/GET/ab", "None"],
    ["escapes a question mark", resource("a${?}"), "/v1/GET/ab", "None"],
    ["escapes a dollar sign", resource("${$}"), "/v1/GET/$", "Allow"],
  ])("%s", (_, more, path, expected) => {
    expect(vote(more, path)).toBe(expected);
  });

  it.each<[string, JsonObject, Vote]>([
    ["is a text for StringEquals", condition("StringEquals", "aws:username", "${aws:username}"), "Allow"],
    ["is compared as a text", condition("StringEquals", "aws:referer", "${*}"), "Allow"],
    ["brings no wildcards to StringLike", condition("StringLike", "aws:username", "${aws:referer}"), "None"],
    ["may be one of several values", condition("StringEquals", "aws:username", "${nobody}", "ann"), "Allow"],
    ["matches nothing when it is not known", condition("StringEquals", "aws:username", "${nobody}"), "None"],
    ["does not match by its absence", condition("StringNotEquals", "aws:username", "${nobody}"), "None"],
    ["may be what the caller must not be", condition("StringNotLike", "aws:username", "b${aws:username}"), "Allow"],
    ["is for ARNs too", condition("ArnLike", "aws:username", "${aws:username}"), "Allow"],
  ])("in a condition %s", (_, more, expected) => {
    expect(vote(more)).toBe(expected);
  });

  it("is a text like any other in documents of older versions", () => {
    expect(vote(resource("${aws:username}"), "/v1/GET/ann", "2008-10-17")).toBe("None");
    expect(vote(resource("${aws:username}"), "/v1/GET/ann", "")).toBe("None");
    expect(vote(resource("${aws:username}"), "/v1/GET/${aws:username}", "")).toBe("Allow");
  });

  it("that is not known makes a NotResource cover nothing", () => {
    const { Resource: _, ...rest } = statement();
    const policy = (name: string) =>
      parsePolicy({ Version: "2012-10-17", Statement: { ...rest, NotResource: `execute-api:/v1/GET/${name}` } });
    const request = { action: "execute-api:Invoke", resource: `${API}/v1/GET/bob`, keys };

    expect(voteOf(policy("${aws:username}"), request)).toBe("Allow");
    expect(voteOf(policy("${nobody}"), request)).toBe("None");
  });
});

describe("where a request comes from", () => {
  const policy = (...statements: readonly JsonObject[]) => ({ Version: "2012-10-17", Statement: [...statements] });
  const usual = policy(
    statement(),
    statement({ Effect: "Deny", ...condition("StringNotEquals", "aws:SourceVpce", "vpce-1") }),
  );
  const gateway = (origin: object, more: JsonObject, host = fakeHost()) =>
    createGateway({
      stacks: [stack({ apis: [deployed({ methods: [method({ integration: proxy() })], policy: more })] })],
      host,
      origin,
    });

  it.each([
    [{ sourceVpce: "vpce-1" }, 200],
    [{ sourceVpce: "vpce-2" }, 403],
    [{}, 403],
  ])("decides about the usual policy of a private API: %j gives %d", async (origin, status) => {
    expect((await send(gateway(origin, usual))).status).toBe(status);
  });

  it.each<[object, string, string, number]>([
    [{ sourceIp: "203.0.113.7" }, "aws:SourceIp", "203.0.113.0/24", 200],
    [{}, "aws:SourceIp", "203.0.113.0/24", 403],
    [{ sourceIp: "10.0.0.1", sourceVpc: "vpc-1" }, "aws:VpcSourceIp", "10.0.0.0/8", 200],
    [{ sourceIp: "10.0.0.1", sourceVpc: "vpc-1" }, "aws:SourceIp", "10.0.0.0/8", 403],
  ])("is said by %j: %s in %s gives %d", async (origin, key, range, status) => {
    const headers = [["X-Forwarded-For", "203.0.113.7"]] as const;

    const response = await send(gateway(origin, policy(statement(condition("IpAddress", key, range)))), { headers });

    expect(response.status).toBe(status);
  });

  it("reaches functions", async () => {
    const host = fakeHost();

    await send(gateway({ sourceIp: "10.0.0.1", sourceVpc: "vpc-1", sourceVpce: "vpce-1" }, usual, host), {
      headers: [["X-Forwarded-For", "198.51.100.1"]],
    });

    expect(JSON.parse(String(host.invocations[0]?.payload))).toMatchObject({
      headers: { "X-Forwarded-For": "198.51.100.1, 10.0.0.1" },
      requestContext: { identity: { sourceIp: "10.0.0.1", vpcId: "vpc-1", vpceId: "vpce-1" } },
    });
  });
});
