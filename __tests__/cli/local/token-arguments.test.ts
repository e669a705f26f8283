import { tokenArguments } from "../../../cli/local/token-arguments";
import type { MethodDefinition } from "../../../definition/method";
import { deployed, method, stack, stage } from "../../support/gateway";

const POOL = "eu-central-1_abc";
const GUARDED = { authorizationType: "COGNITO_USER_POOLS", authorizer: "users" } as const;

/** The arguments for an API with these routes. */
function argumentsFor(methods: readonly MethodDefinition[]): readonly string[] {
  const providerArns = [`arn:aws:cognito-idp:eu-central-1:111111111111:userpool/${POOL}`];
  const users = {
    type: "COGNITO_USER_POOLS",
    identitySource: "method.request.header.Authorization",
    resultTtlSeconds: 0,
    providerArns,
  } as const;
  return tokenArguments(stack({ apis: [deployed({ methods, authorizers: { users } }, [stage()])] }));
}

describe("tokenArguments", () => {
  it("makes an ID token where no route asks for a scope", () => {
    expect(argumentsFor([method(GUARDED), method({})])).toEqual([`--pool ${POOL} --claim sub=ann`]);
  });

  it("makes an access token with all scopes where each route asks for one", () => {
    const read = method({ ...GUARDED, authorizationScopes: ["read"] });
    const write = method({ ...GUARDED, authorizationScopes: ["read", "write"] });

    expect(argumentsFor([read, write])).toEqual([`--pool ${POOL} --claim sub=ann --scope read write`]);
  });

  it("makes both where routes differ", () => {
    const read = method({ ...GUARDED, authorizationScopes: ["read"] });

    expect(argumentsFor([method(GUARDED), read])).toEqual([
      `--pool ${POOL} --claim sub=ann`,
      `--pool ${POOL} --claim sub=ann --scope read`,
    ]);
  });
});
