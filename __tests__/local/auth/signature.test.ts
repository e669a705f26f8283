import type { JsonObject } from "../../../definition/json";
import { TRUST_OWN_FUNCTIONS, type Trust } from "../../../local/auth/callers";
import { identitiesOf, type LocalIdentity } from "../../../local/auth/identities";
import { createGateway } from "../../../local/pipeline";
import { deployed, fakeHost, method, mock, NOW, proxy, send, stack, stage } from "../../support/gateway";
import { presignedTarget, type SignableRequest, type SigningOptions, signedHeaders } from "../../support/sign-request";

const SECRET = "local-secret";
const request: SignableRequest = { method: "GET", target: "/v1/things", host: "api.example.com" };
const key: SigningOptions = { accessKeyId: "ann", secretAccessKey: SECRET, nowMillis: NOW };

function trusting(identity: Partial<LocalIdentity> = {}): Trust {
  return { ...TRUST_OWN_FUNCTIONS, identities: identitiesOf({ ann: { secretAccessKey: SECRET, ...identity } }) };
}

function gateway({ trust = trusting(), policy = {}, host = fakeHost() } = {}) {
  const methods = [
    method({ authorizationType: "AWS_IAM", integration: mock("in") }),
    method({ authorizationType: "AWS_IAM", httpMethod: "POST", integration: proxy() }),
    method({ authorizationType: "AWS_IAM", resourcePath: "/files/{name}", integration: mock("file") }),
  ];
  return createGateway({ stacks: [stack({ apis: [deployed({ methods, ...policy })] })], host, trust });
}

async function sendSigned(sent: SignableRequest, options: SigningOptions, to = gateway()) {
  const headers = [...(sent.headers ?? []), ...(await signedHeaders(sent, options))];
  return send(to, { method: sent.method, target: sent.target, headers, body: sent.body ?? "" });
}

const resource = (verb = "GET") => `arn:aws:execute-api:eu-central-1:********0000:abcdefghij/v1/${verb}/things`;
const denied = (suffix = "", arn = "arn:aws:iam::000000000000:user/ann") =>
  JSON.stringify({
    Message: `User: ${arn} is not authorized to perform: execute-api:Invoke on resource: ${resource()}${suffix}`,
  });

describe("a signed request", () => {
  it.each<[string, SignableRequest, string]>([
    ["a plain request", request, "in"],
    ["a query string", { ...request, target: "/v1/things?b=2&a=%20x%2Fy&a%5B%5D=*" }, "in"],
    ["an encoded path", { ...request, target: "/v1/files/a%20b%2Fc" }, "file"],
    ["further headers", { ...request, headers: [["X-Custom", "  a   b "]] }, "in"],
  ])("passes with the SDK's signature of %s", async (_, sent, body) => {
    expect(await sendSigned(sent, key)).toMatchObject({ status: 200, body });
  });

  it("tells the function who has signed", async () => {
    const host = fakeHost();
    const sent = { ...request, method: "POST", body: '{"a":1}' };

    expect((await sendSigned(sent, key, gateway({ host }))).status).toBe(200);

    expect(JSON.parse(String(host.invocations[0]?.payload)).requestContext).toMatchObject({
      identity: {
        accessKey: "ann",
        accountId: "000000000000",
        caller: "ann",
        user: "ann",
        userArn: "arn:aws:iam::000000000000:user/ann",
      },
    });
  });

  it("passes with the credentials that local functions have", async () => {
    const own = { accessKeyId: "headgate", secretAccessKey: "headgate", sessionToken: "headgate", nowMillis: NOW };

    expect((await sendSigned(request, own, gateway({ trust: TRUST_OWN_FUNCTIONS }))).status).toBe(200);
  });

  it("may carry its signature in the query string, as long as it is good", async () => {
    const target = await presignedTarget(request, { ...key, expiresIn: 600 });
    const host = fakeHost();

    expect((await send(gateway({ host }), { target })).status).toBe(200);
    host.nowMillis = NOW + 601_000;
    expect((await send(gateway({ host }), { target })).body).toContain("Signature expired: 20241005T135536Z");
  });

  it.each<[string, Partial<SigningOptions>, Partial<SignableRequest>, string, RegExp]>([
    [
      "another secret",
      { secretAccessKey: "x" },
      {},
      "InvalidSignatureException",
      /^The request signature we calculated/,
    ],
    ["an unknown key", { accessKeyId: "bob" }, {}, "UnrecognizedClientException", /^The security token included in/],
    [
      "a token nobody gave",
      { sessionToken: "x" },
      {},
      "UnrecognizedClientException",
      /^The security token included in/,
    ],
    ["another region", { region: "us-east-1" }, {}, "InvalidSignatureException", /valid region, not 'us-east-1'/],
    ["another service", { service: "s3" }, {}, "InvalidSignatureException", /correct service: 'execute-api'/],
    [
      "a signature of six minutes ago",
      { nowMillis: NOW - 360_000 },
      {},
      "InvalidSignatureException",
      /^Signature expired: 20241005T134936Z is now earlier than 20241005T135036Z \(20241005T135536Z - 5 min\.\)$/,
    ],
    [
      "a signature of the future",
      { nowMillis: NOW + 360_000 },
      {},
      "InvalidSignatureException",
      /^Signature not yet current: 20241005T140136Z is still later than/,
    ],
  ])("fails when it has %s", async (_, options, sent, errorType, message) => {
    const response = await sendSigned({ ...request, ...sent }, { ...key, ...options });

    expect(response).toMatchObject({ status: 403, headers: { "x-amzn-errortype": errorType } });
    expect(JSON.parse(response.body).message).toMatch(message);
  });

  it("fails when something else arrives than was signed", async () => {
    const headers = await signedHeaders({ ...request, method: "POST", body: "a" }, key);

    const response = await send(gateway(), { method: "POST", headers, body: "b" });

    expect(response.status).toBe(403);
    expect(JSON.parse(response.body).message).toContain(
      "The Canonical String for this request should have been\n'POST\n",
    );
  });

  it.each<[string, string, string, string]>([
    ["no signature", "", "MissingAuthenticationTokenException", "Missing Authentication Token"],
    [
      "a token of another scheme",
      "Bearer x",
      "IncompleteSignatureException",
      "Invalid key=value pair (missing equal-sign) in Authorization header (hashed",
    ],
    [
      "half a signature",
      "AWS4-HMAC-SHA256 Credential=ann/20241005/eu-central-1/execute-api/aws4_request",
      "IncompleteSignatureException",
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ],
  ])("fails when there is %s", async (_, authorization, errorType, message) => {
    const host = fakeHost();

    const response = await send(gateway({ host }), {
      headers: authorization ? [["authorization", authorization]] : [],
    });

    expect(host.explained.join()).not.toContain("no route");
    expect(response).toMatchObject({ status: 403, headers: { "x-amzn-errortype": errorType } });
    expect(JSON.parse(response.body).message).toContain(message);
  });
});

describe("the policies of a signer and of an API", () => {
  const statement = (effect: string) => ({
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: effect, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
    },
  });
  const OTHER = "arn:aws:iam::111122223333:user/ann";
  const allows = {};
  const denies = { deny: ["execute-api:/v1/GET/*"] };
  const none = { allow: ["execute-api:/v1/POST/*"] };

  it.each<[string, Partial<LocalIdentity>, object, number, number, string]>([
    ["Allow", allows, statement("Allow"), 200, 200, ""],
    ["Allow and nothing", allows, {}, 200, 403, ""],
    ["Allow and Deny", allows, statement("Deny"), 403, 403, " with an explicit deny"],
    ["nothing and Allow", none, statement("Allow"), 200, 403, ""],
    ["nothing and nothing", none, {}, 403, 403, ""],
    ["nothing and Deny", none, statement("Deny"), 403, 403, " with an explicit deny"],
    ["Deny and Allow", denies, statement("Allow"), 403, 403, " with an explicit deny"],
    ["Deny and nothing", denies, {}, 403, 403, " with an explicit deny"],
    ["Deny and Deny", denies, statement("Deny"), 403, 403, " with an explicit deny"],
  ])("decide together: %s", async (_, identity, policy, same, other, suffix) => {
    const here = await sendSigned(request, key, gateway({ trust: trusting(identity), policy }));
    const there = await sendSigned(request, key, gateway({ trust: trusting({ ...identity, arn: OTHER }), policy }));

    expect([here.status, there.status]).toEqual([same, other]);
    if (same === 403) expect(here.body).toBe(denied(suffix));
    if (other === 403) expect(there.body).toBe(denied(suffix, OTHER));
  });
});

describe("a signed request for a fresh answer", () => {
  const stranger = { arn: "arn:aws:iam::111122223333:user/ann" };
  const allow = { Effect: "Allow", Principal: "*", Action: "execute-api:*", Resource: "execute-api:/*" };
  const deny = { ...allow, Effect: "Deny", Action: "execute-api:InvalidateCache" };
  const own = { invalidateCache: ["execute-api:/v1/GET/things"] };
  it.each<[string, Partial<LocalIdentity>, readonly JsonObject[], number]>([
    ["who may by default", {}, [], 200],
    ["who may here", own, [], 200],
    ["who may elsewhere", { invalidateCache: ["execute-api:/v1/GET/other"] }, [], 403],
    ["who may not", { invalidateCache: [] }, [], 403],
    ["whom the API lets", { invalidateCache: [] }, [allow], 200],
    ["whom the API denies it", own, [allow, deny], 403],
    ["of another account, whom both let", { ...stranger, ...own }, [allow], 200],
    [
      "of another account, whom the API lets call only",
      { ...stranger, ...own },
      [{ ...allow, Action: "execute-api:Invoke" }],
      403,
    ],
  ])("is answered to one %s", async (_, identity, statements, status) => {
    const settings = {
      route: "*",
      cachingEnabled: true,
      unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403",
    } as const;
    const methods = [method({ authorizationType: "AWS_IAM", integration: mock("in") })];
    const policy = statements.length > 0 && { policy: { Version: "2012-10-17", Statement: [...statements] } };
    const cached = stage({ cacheClusterSize: "0.5", methodSettings: [settings] });
    const stacks = [stack({ apis: [deployed({ methods, ...policy }, [cached])] })];
    const made = createGateway({ stacks, host: fakeHost(), trust: trusting(identity) });

    const sent = { ...request, headers: [["Cache-Control", "max-age=0"]] as const };
    const response = await sendSigned(sent, key, made);

    expect(response.status).toBe(status);
    if (status === 403) expect(response.body).toContain("is not authorized to perform: execute-api:InvalidateCache on");
    expect((await sendSigned(request, key, made)).status).toBe(200);
  });
});
