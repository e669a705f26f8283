import { ConfigurationError } from "../definition/configuration-error";
import { projectTokenIssuer } from "../local/auth/issuer-file";
import { isPoolName } from "../local/auth/real-user-pools";
import { mintToken } from "../local/auth/token-issuer";
import { poolIdsOfStack } from "../local/auth/user-pools";
import { readLocalConfig } from "../local/config";
import { readServed, readServedPlan } from "./local/read-served";
import { projectStacks } from "./local/synthesized-stacks";

export interface TokenCommandOptions {
  /** Id of a user pool, or what stands behind the region in it. @default - the only pool */
  readonly pool?: string;
  /** Names of stacks, with commas between them. @default - "stack" of headgate.local.json, else the only stack with an API */
  readonly stack?: string;
  /** A plan or state of Terraform as JSON, in place of stacks. @default - stacks are served */
  readonly plan?: string;
  readonly claim: Readonly<Record<string, unknown>>;
  /** Makes it an access token. @default - an ID token */
  readonly scope?: readonly string[];
}

/**
 * `headgate token`: prints a token that the local gateway takes for one of a user pool.
 *
 * @throws ConfigurationError USER_POOL_AMBIGUOUS, USER_POOL_UNKNOWN and those of reading the stack
 */
export async function tokenCommand(projectRoot: string, options: TokenCommandOptions): Promise<void> {
  const config = readLocalConfig(projectRoot);
  const { stack } =
    options.plan === undefined
      ? await readServed(projectStacks(projectRoot), options.stack ?? config.stack)
      : await readServedPlan(options.plan);
  const poolId = choosePool(poolIdsOfStack(stack), options.pool, stack.name);
  const claims = { ...(options.scope && { scope: options.scope.join(" ") }), ...options.claim };
  console.log(mintToken(projectTokenIssuer(projectRoot), { poolId, claims, nowMillis: Date.now() }));
}

/**
 * The pool that is asked for, else the only one.
 *
 * @throws ConfigurationError USER_POOL_AMBIGUOUS, USER_POOL_UNKNOWN
 */
export function choosePool(poolIds: readonly string[], requested: string | undefined, stack: string): string {
  const names = poolIds.join(", ");
  const fitting = poolIds.filter((id) => requested === undefined || isPoolName(requested, id));
  const [found, ...others] = fitting;
  if (found === undefined) {
    const problem =
      poolIds.length === 0 ? "no authorizer trusts a user pool" : `no authorizer trusts a user pool "${requested}"`;
    const fix = poolIds.length === 0 ? "add a CognitoUserPoolsAuthorizer to the API" : `use one of: ${names}`;
    throw new ConfigurationError("USER_POOL_UNKNOWN", stack, problem, fix);
  }
  if (others.length === 0) return found;
  const problem = `several user pools could be meant: ${fitting.join(", ")}`;
  throw new ConfigurationError("USER_POOL_AMBIGUOUS", stack, problem, "name one with --pool");
}
