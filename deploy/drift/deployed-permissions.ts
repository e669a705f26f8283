import type { JsonObject } from "../../definition/json";
import { isObject, listAt, textAt } from "../../definition/json-access";
import { parseJson } from "../../definition/json-text";
import { unknownsIn } from "../../definition/unknown";
import type { AwsAccount } from "../aws/aws-account";
import { isMissing, refusedBy } from "../aws/refused-call";
import type { DeclaredPermission } from "./declared-permissions";

/** Statements of a policy by their id. */
export type Statements = ReadonlyMap<string, JsonObject>;

/** A permission, and the policy that it should be in. */
export interface DeployedPermission {
  readonly declared: DeclaredPermission;
  /** Empty where there is no policy, or no such function. */
  readonly statements: Statements;
}

/**
 * Reads the policies that permissions are in: 1 call for each function or alias.
 *
 * @throws ConfigurationError AWS_CALL_REFUSED
 */
export async function readPermissions(
  account: AwsAccount,
  permissions: readonly DeclaredPermission[],
): Promise<readonly DeployedPermission[]> {
  const policies = new Map<string, Statements>();
  const deployed: DeployedPermission[] = [];
  // One after the other: Lambda's control plane takes 15 calls a second.
  for (const declared of permissions) {
    const place = placeOfPolicy(declared);
    const statements = policies.get(place) ?? (await readPolicy(account, declared));
    policies.set(place, statements);
    deployed.push({ declared, statements });
  }
  return deployed;
}

/** As in `orders-dev-get-order:live`. */
export function placeOfPolicy({ functionName, qualifier }: DeclaredPermission): string {
  const [, name = functionName] = /:function:(.+)$/.exec(functionName) ?? [];
  return qualifier === undefined ? name : `${name}:${qualifier}`;
}

async function readPolicy(
  { lambda }: AwsAccount,
  { address, functionName, qualifier }: DeclaredPermission,
): Promise<Statements> {
  if (unknownsIn(functionName).length > 0) return new Map();
  const { GetPolicyCommand } = await import("@aws-sdk/client-lambda");
  const call = `GetPolicy of ${functionName}`;
  const answer = await lambda
    .send(new GetPolicyCommand({ FunctionName: functionName, ...(qualifier && { Qualifier: qualifier }) }))
    .catch((error) => (isMissing(error) ? undefined : refusedBy(address, call)(error)));
  return statementsOf(answer?.Policy ?? "{}", call);
}

function statementsOf(policy: string, call: string): Statements {
  const document = parseJson(policy, { code: "AWS_CALL_REFUSED", place: call, fix: "try again" });
  const statements = isObject(document) ? listAt(document.Statement).filter(isObject) : [];
  return new Map(statements.map((statement) => [textAt(statement.Sid) ?? "", statement]));
}
