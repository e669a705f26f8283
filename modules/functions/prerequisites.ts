import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { environmentOf } from "../environment";
import { PolicyDocument } from "../iam/policy-statement";
import { policyText } from "../iam/policy-text";
import type { ServiceRole } from "../iam/role";
import type { DeadLetters } from "./dead-letters";
import { type NetworkOptions, networkStatements } from "./network";

interface Needs {
  readonly vpc: NetworkOptions | undefined;
  readonly deadLetters: DeadLetters | undefined;
}

/**
 * What the role must be allowed before the function can be created: Lambda tries it out then. It is a policy of its own
 * that names nothing but literals, because all that a function depends on is created before its predecessor is destroyed.
 */
export function prerequisites(
  scope: Construct,
  role: ServiceRole,
  functionArn: string,
  { vpc, deadLetters }: Needs,
): readonly ITerraformDependable[] {
  const statements = [
    ...(vpc === undefined ? [] : networkStatements(environmentOf(scope), functionArn)),
    ...(deadLetters === undefined ? [] : [deadLetters.statement]),
  ];
  if (statements.length === 0) return [];
  return [
    new IamRolePolicy(scope, "Prerequisites", {
      name: "prerequisites",
      role: role.role.name,
      policy: policyText(scope, new PolicyDocument({ statements })),
      lifecycle: { createBeforeDestroy: true },
    }),
  ];
}
