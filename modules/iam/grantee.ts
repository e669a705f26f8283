import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { shortHash } from "../naming";
import { PolicyDocument, type PolicyStatement } from "./policy-statement";
import { policyText } from "./policy-text";

/**
 * Who can be granted something: a `Role`, a function of this library, or a plain cdktf `IamRole`, `IamUser` or `IamGroup`.
 */
export type Grantee =
  | { addToPolicy(statement: PolicyStatement): void }
  | { addToRolePolicy(statement: PolicyStatement): void }
  | PlainIdentity;

type PlainIdentity = Construct & { readonly terraformResourceType: string; readonly name: string };

type PolicyConfig = { readonly name: string; readonly policy: string };

/** The resource that gives an identity of a type an inline policy. */
const INLINE_POLICIES: Readonly<
  Record<string, (scope: Construct, id: string, name: string, config: PolicyConfig) => Construct>
> = {
  aws_iam_group: (scope, id, group, config) => new IamGroupPolicy(scope, id, { group, ...config }),
  aws_iam_role: (scope, id, role, config) => new IamRolePolicy(scope, id, { role, ...config }),
  aws_iam_user: (scope, id, user, config) => new IamUserPolicy(scope, id, { user, ...config }),
};

/** Lets somebody do what a statement allows. Throws `GRANTEE_UNKNOWN` for what can have no policy. */
export function grantTo(scope: Construct, grantee: Grantee, statement: PolicyStatement): void {
  if ("addToPolicy" in grantee) grantee.addToPolicy(statement);
  else if ("addToRolePolicy" in grantee) grantee.addToRolePolicy(statement);
  else attachTo(scope, grantee, statement);
}

function attachTo(scope: Construct, identity: PlainIdentity, statement: PolicyStatement): void {
  const attach = INLINE_POLICIES[identity.terraformResourceType];
  if (attach === undefined) throw notAnIdentity(scope, identity.terraformResourceType);
  const hash = shortHash(`${scope.node.path} ${identity.node.path}`);
  const id = `Grant-${hash}`;
  const existing = scope.node.tryFindChild(id);
  const granted = existing === undefined ? undefined : documents.get(existing);
  if (granted !== undefined) {
    granted.addStatements(statement);
    return;
  }
  const document = new PolicyDocument({ statements: [statement] });
  const policy = attach(scope, id, identity.name, {
    name: `grant-${hash}`,
    policy: policyText(scope, document),
  });
  documents.set(policy, document);
}

/** What an identity was granted already, by the policy that says so. */
const documents = new WeakMap<object, PolicyDocument>();

function notAnIdentity(scope: Construct, type: string): ConfigurationError {
  return new ConfigurationError(
    "GRANTEE_UNKNOWN",
    scope.node.path,
    `a role, a user or a group can be granted something, got "${type}"`,
    "pass a Role, a function of this library, or an IamRole, IamUser or IamGroup",
  );
}
