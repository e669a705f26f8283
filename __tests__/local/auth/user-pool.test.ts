import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markUnknown } from "../../../definition/unknown";
import { TRUST_OWN_FUNCTIONS } from "../../../local/auth/callers";
import { realUserPools } from "../../../local/auth/real-user-pools";
import { type Claims, mintToken, type TokenIssuer, tokenIssuer } from "../../../local/auth/token-issuer";
import { poolIdsOfStack } from "../../../local/auth/user-pools";
import type { RealUserPool } from "../../../local/config";
import type { BackendResponse } from "../../../local/host/host";
import { createGateway, type Gateway } from "../../../local/pipeline";
import { deployed, fakeHost, method, mock, NOW, proxy, send, stack, stage } from "../../support/gateway";

const issuer = tokenIssuer();
const POOL = "eu-central-1_users";
const FIVE_MINUTES_AGO = NOW - 300_000;

const users = {
  type: "COGNITO_USER_POOLS",
  identitySource: "method.request.header.Authorization",
  resultTtlSeconds: 300,
  providerArns: [`arn:aws:cognito-idp:eu-central-1:000000000000:userpool/${POOL}`],
} as const;
const guarded = { authorizationType: "COGNITO_USER_POOLS", authorizer: "users" } as const;

function gateway({ host = fakeHost(), definition = {}, api = {}, variables = {}, trust = {} } = {}) {
  const methods = [
    method({ ...guarded, integration: mock("in $context.authorizer.claims.sub") }),
    method({
      ...guarded,
      resourcePath: "/scoped",
      authorizationScopes: ["a/write", "a/read"],
      integration: mock("in"),
    }),
    method({ ...guarded, httpMethod: "POST", integration: proxy() }),
  ];
  const authorizers = { users: { ...users, ...definition } };
  const made = stack({ apis: [deployed({ methods, authorizers, ...api }, [stage({ variables })])] });
  return createGateway({ stacks: [made], host, trust: { ...TRUST_OWN_FUNCTIONS, tokenKeys: issuer.keys, ...trust } });
}

const mint = (claims: Claims = {}, by = issuer, poolId = POOL) =>
  mintToken(by, { poolId, claims, nowMillis: FIVE_MINUTES_AGO });
const bearing = (token: string) => ({ headers: [["Authorization", token]] as const });

describe("a token of a user pool", () => {
  it.each([
    ["as it is", mint({ sub: "user-1" })],
    ["behind Bearer", `Bearer ${mint({ sub: "user-1" })}`],
  ])("lets its bearer in %s", async (_, token) => {
    expect(await send(gateway(), bearing(token))).toMatchObject({ status: 200, body: "in user-1" });
  });

  it("reaches the function as claims, all of them text", async () => {
    const host = fakeHost();
    const token = mint({ sub: "user-1", email_verified: true, "cognito:groups": ["a", "b"], address: { city: "x" } });

    await send(gateway({ host }), { method: "POST", ...bearing(token) });

    expect(JSON.parse(String(host.invocations[0]?.payload)).requestContext.authorizer).toEqual({
      claims: {
        sub: "user-1",
        iss: `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`,
        token_use: "id",
        aud: "headgate-local",
        "cognito:username": "user-1",
        auth_time: "1728136236",
        iat: "Sat Oct 05 13:50:36 UTC 2024",
        exp: "Sat Oct 05 14:50:36 UTC 2024",
        email_verified: "true",
        "cognito:groups": "a,b",
        address: '{"city":"x"}',
      },
    });
  });

  const [head = "", body = "", signature = ""] = mint({ sub: "user-1" }).split(".");
  const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, "base64url").toString()), sub: "root" }));
  const unsignedHead = Buffer.from(JSON.stringify({ alg: "none", kid: issuer.keyId })).toString("base64url");
  it.each<[string, string]>([
    ["missing", ""],
    ["no token", "Bearer x"],
    ["a token with a part too many", `${head}.${body}.${signature}.x`],
    ["a list", `${head}.${Buffer.from("[]").toString("base64url")}.${signature}`],
    ["changed", `${head}.${forged.toString("base64url")}.${signature}`],
    ["not signed", `${unsignedHead}.${body}.`],
    ["signed by somebody else", mint({}, tokenIssuer())],
    ["of another pool", mint({}, issuer, "eu-central-1_others")],
    ["an access token", mint({ token_use: "access" })],
  ])("fails when it is %s", async (_, token) => {
    expect(await send(gateway(), bearing(token))).toMatchObject({
      status: 401,
      body: '{"message":"Unauthorized"}',
      headers: { "x-amzn-errortype": "UnauthorizedException" },
    });
  });

  it.each([
    ["is over", { exp: NOW / 1000 - 0.001 }],
    ["is not said", { exp: undefined }],
  ])("fails when its time %s", async (_, claims) => {
    expect(await send(gateway(), bearing(mint(claims)))).toMatchObject({
      status: 401,
      body: '{"message":"The incoming token has expired"}',
      headers: { "x-amzn-errortype": "UnauthorizedException" },
    });
  });

  it.each<[string, Claims, number]>([
    ["one of the scopes", { scope: "openid a/read" }, 200],
    ["no scope of the route", { scope: "a/reads" }, 401],
    ["no scope at all", { token_use: "access" }, 401],
    ["scopes, but is an ID token", { scope: "a/read", token_use: "id" }, 401],
  ])("is asked for scopes where a route has them: it has %s", async (_, claims, status) => {
    expect((await send(gateway(), { target: "/v1/scoped", ...bearing(mint(claims)) })).status).toBe(status);
  });

  it.each([
    ["app-1", 200],
    ["app-12", 401],
  ])("must be made for a client that the authorizer takes: %s", async (aud, status) => {
    const made = gateway({ definition: { identityValidationExpression: "app-\\d" } });

    expect((await send(made, bearing(mint({ aud })))).status).toBe(status);
  });

  it("may be of a pool of the same stack, which is called after its resource", async () => {
    const unknown = markUnknown({ address: "aws_cognito_user_pool.My_Pool", attribute: "id" });
    const arn = "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/${stageVariables.pool}";
    const made = gateway({ definition: { providerArns: [arn] }, variables: { pool: unknown } });

    expect((await send(made, bearing(mint({}, issuer, "eu-central-1_MyPool")))).status).toBe(200);
  });

  it("is for a pool that the stack's authorizers name, once each", () => {
    const one = deployed({ authorizers: { users, same: users } }, [stage(), stage({ name: "v2" })]);

    expect(poolIdsOfStack(stack({ apis: [one] }))).toEqual([POOL]);
  });

  it.each([
    ["execute-api:/*", 200],
    ["execute-api:/*/POST/*", 403],
  ])("opens an API with a policy only where the policy allows it: %s", async (resource, status) => {
    const policy = { Statement: { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: resource } };

    expect((await send(gateway({ api: { policy } }), bearing(mint()))).status).toBe(status);
    expect((await send(gateway({ api: { policy } }))).status).toBe(401);
  });
});

describe("a token of a real user pool", () => {
  const real = tokenIssuer();
  const newer = tokenIssuer();
  const REAL_POOL = "eu-central-1_a1B2c3D4e";
  const URL = `https://cognito-idp.eu-central-1.amazonaws.com/${REAL_POOL}/.well-known/jwks.json`;
  const jwk = ({ keyId, privateKey }: TokenIssuer) => {
    const { n, e } = privateKey.export({ format: "jwk" });
    return { kid: keyId, kty: "RSA", alg: "RS256", use: "sig", n, e };
  };
  const others = [{ kid: "ec", kty: "EC" }, { ...jwk(newer), alg: "RS512" }, { ...jwk(newer), use: "enc" }, "key"];
  const jwks = (...issuers: readonly TokenIssuer[]) => JSON.stringify({ keys: [...others, ...issuers.map(jwk)] });
  const realPools = (pool: RealUserPool = { id: REAL_POOL }, root = "/") =>
    realUserPools({ users: pool }, [POOL], root);
  const mintReal = (by = real, claims: Claims = { sub: "ann" }) => mint(claims, by, REAL_POOL);
  const statusOf = async (made: Gateway, token: string) => (await send(made, bearing(token))).status;

  it("opens a route by keys that are fetched once, and again when one is new", async () => {
    const published = { body: jwks(real) };
    const host = fakeHost({ fetch: () => ({ body: Buffer.from(published.body) }) });
    const made = gateway({ host, trust: { realPools: realPools() } });

    expect(await Promise.all([statusOf(made, mintReal()), statusOf(made, mintReal())])).toEqual([200, 200]);
    expect(host.requests).toMatchObject([{ method: "GET", url: URL }]);

    published.body = jwks(real, newer);
    expect(await statusOf(made, mintReal(newer))).toBe(401);
    expect(host.requests).toHaveLength(1);
    host.nowMillis += 60_000;
    expect(await statusOf(made, mintReal(newer))).toBe(200);
    expect(host.requests).toHaveLength(2);
    expect(await statusOf(made, mint())).toBe(200);
  });

  it.each<[string, Partial<BackendResponse>]>([
    ["answers an error", { status: 503 }],
    ["publishes something else", { body: Buffer.from("{}") }],
    ["publishes no JSON", { body: Buffer.from("<html>") }],
  ])("fails when its issuer %s, and is asked again", async (_, answer) => {
    const answers = [answer, { body: Buffer.from(jwks(real)) }];
    const host = fakeHost({ fetch: () => answers.shift() ?? {} });
    const made = gateway({ host, trust: { realPools: realPools() } });

    expect(await statusOf(made, mintReal())).toBe(401);
    expect(host.explained[0]).toContain(`the keys of https://cognito-idp.eu-central-1.amazonaws.com/${REAL_POOL}`);
    expect(await statusOf(made, mintReal())).toBe(200);
  });

  it("stays good while new keys cannot be fetched", async () => {
    const answers = [{ body: Buffer.from(jwks(real)) }, { status: 500 }];
    const host = fakeHost({ fetch: () => answers.shift() ?? { status: 500 } });
    const made = gateway({ host, trust: { realPools: realPools() } });
    await statusOf(made, mintReal());

    host.nowMillis += 60_000;

    expect(await statusOf(made, mintReal(newer))).toBe(401);
    expect(await statusOf(made, mintReal())).toBe(200);
  });

  it("fails when it is signed by a local key, or a local one by a real key", async () => {
    const host = fakeHost({ fetch: () => ({ body: Buffer.from(jwks(real)) }) });
    const made = gateway({ host, trust: { realPools: realPools() } });

    expect(await statusOf(made, mintReal(issuer))).toBe(401);
    expect(await statusOf(made, mint({}, real))).toBe(401);
  });

  it("may be of any issuer whose keys are published where OpenID Connect has them", async () => {
    const host = fakeHost({ fetch: () => ({ body: Buffer.from(jwks(real)) }) });
    const trust = { realPools: realPools({ jwks: "http://localhost:9229/pool/.well-known/jwks.json" }) };

    const token = mintReal(real, { sub: "ann", iss: "http://localhost:9229/pool" });

    expect(await statusOf(gateway({ host, trust }), token)).toBe(200);
    expect(await statusOf(gateway({ host, trust }), mintReal())).toBe(401);
  });

  describe("with its keys in a file", () => {
    let root = "";

    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), "headgate-"));
      writeFileSync(join(root, "keys.json"), jwks(real));
      writeFileSync(join(root, "other.json"), "[]");
    });

    afterEach(() => rmSync(root, { recursive: true }));

    it("opens a route", async () => {
      const trust = { realPools: realPools({ id: REAL_POOL, jwks: "keys.json" }, root) };

      expect(await statusOf(gateway({ trust }), mintReal())).toBe(200);
      expect(await statusOf(gateway({ trust }), mintReal(newer))).toBe(401);
    });

    it.each(["missing.json", "other.json"])("fails when the file holds no keys: %s", (jwks) => {
      expect(() => realPools({ jwks }, root)).toThrow(
        expect.objectContaining({ code: "USER_POOL_KEYS_INVALID", fix: expect.stringContaining("jwks.json") }),
      );
    });
  });
});
