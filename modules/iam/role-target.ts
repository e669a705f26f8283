import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { environmentOf } from "../environment";
import { isKnownInPlan, literal } from "../terraform-text";

/**
 * A role: a `Role` or `ServiceRole`, a plain cdktf `IamRole` with a name known at synth, a data source of one, or `{ arn }`
 * or `{ roleArn }` with a literal ARN.
 */
export type RoleTarget =
  | { readonly roleArn: string; readonly dependencies?: readonly ITerraformDependable[] }
  | { readonly arn: string; readonly nameInput?: string; readonly pathInput?: string };

/** The ARN of a role as documents can hold it. Throws `ROLE_ARN_UNKNOWN` for one that only AWS can tell. */
export function roleArnOf(scope: IConstruct, role: RoleTarget): string {
  if ("roleArn" in role) return role.roleArn;
  const name = literal(role.nameInput);
  if (name !== undefined && Construct.isConstruct(role)) {
    const { partition, accountId } = environmentOf(role);
    return `arn:${partition}:iam::${accountId}:role${role.pathInput ?? "/"}${name}`;
  }
  if (isKnownInPlan(scope, role.arn)) return role.arn;
  throw new ConfigurationError(
    "ROLE_ARN_UNKNOWN",
    scope.node.path,
    "the role has no name or ARN that is known at synth, so the API's document would be unknown in the first plan",
    "create the role with a literal name, or pass { arn } with a literal ARN",
  );
}

/** What must exist before the role is assumed. */
export function roleDependencies(role: RoleTarget): readonly ITerraformDependable[] {
  if ("roleArn" in role) return role.dependencies ?? [];
  return isDependable(role) ? [role] : [];
}

function isDependable(role: RoleTarget): role is RoleTarget & ITerraformDependable {
  return "fqn" in role;
}
