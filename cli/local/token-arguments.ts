import type { StackDefinition } from "../../definition/stack";
import { poolIdsOf, poolIdsOfStack } from "../../local/auth/user-pools";

/**
 * Arguments of `headgate token` for each user pool: those of an ID token where a route takes one, and those of an access
 * token with all scopes that routes ask for.
 */
export function tokenArguments(stack: StackDefinition): readonly string[] {
  return poolIdsOfStack(stack).flatMap((pool) => {
    const asked = scopesOfRoutes(stack, pool);
    const scopes = [...new Set(asked.flat())];
    const call = `--pool ${pool} --claim sub=ann`;
    return [
      ...(asked.length === 0 || asked.some((ofRoute) => ofRoute.length === 0) ? [call] : []),
      ...(scopes.length > 0 ? [`${call} --scope ${scopes.join(" ")}`] : []),
    ];
  });
}

/** What each route asks for that takes tokens of a pool; an empty list asks for an ID token. */
function scopesOfRoutes({ apis, region }: StackDefinition, pool: string): readonly (readonly string[])[] {
  return apis.flatMap(({ api, stages }) =>
    api.methods
      .filter(({ authorizationType, authorizer: name = "" }) => {
        const authorizer = api.authorizers[name];
        if (authorizationType !== "COGNITO_USER_POOLS" || authorizer === undefined) return false;
        return stages.some(({ variables }) => poolIdsOf(authorizer, variables, region).includes(pool));
      })
      .map(({ authorizationScopes }) => authorizationScopes),
  );
}
