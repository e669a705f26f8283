import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { TRUST_OWN_FUNCTIONS } from "../../../local/auth/callers";
import { mintToken, tokenIssuer } from "../../../local/auth/token-issuer";
import { poolIdsOfStack } from "../../../local/auth/user-pools";
import { createGateway } from "../../../local/pipeline";
import { CognitoUserPoolsAuthorizer, RestApi } from "../../../modules";
import { EMISSIONS } from "../../../modules/rest-api/emission/emission";
import { synthApi } from "../../../modules/testing";
import { readTerraform } from "../../../modules/testing/route-facts";
import { fakeHost, NOW, send } from "../../support/gateway";

describe("a user pool of the same stack", () => {
  it.each(EMISSIONS)("opens the routes that it guards, emitted as %s", async (emission) => {
    const terraform = synthApi((stack) => {
      const pool = new CognitoUserPool(stack, "Users", { name: "users" });
      const authorizer = new CognitoUserPoolsAuthorizer(stack, "Auth", { cognitoUserPools: [pool] });
      new RestApi(stack, "Api", { emission }).route("GET /me", undefined, { authorizer });
    });
    const stack = readTerraform(terraform);
    const issuer = tokenIssuer();
    const gateway = createGateway({
      stacks: [stack],
      host: fakeHost(),
      trust: { ...TRUST_OWN_FUNCTIONS, tokenKeys: issuer.keys },
    });
    const [poolId = ""] = poolIdsOfStack(stack);
    const token = mintToken(issuer, { poolId, claims: {}, nowMillis: NOW });
    const target = `/${stack.apis[0]?.stages[0]?.name}/me`;

    expect(poolId).toMatch(/_Users$/);
    expect(gateway.notEmulated()).toEqual([]);
    expect((await send(gateway, { target })).status).toBe(401);
    expect((await send(gateway, { target, headers: [["Authorization", token]] })).status).toBe(200);
  });
});
