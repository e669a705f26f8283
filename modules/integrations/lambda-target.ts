import { type ITerraformDependable, TerraformDataSource, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { environmentOf } from "../environment";
import { PolicyStatement } from "../iam/policy-statement";
import { Role } from "../iam/role";
import type { RoleTarget } from "../iam/role-target";
import { shortHash } from "../naming";
import { isKnownInPlan, literal, templateText } from "../terraform-text";

export { permit } from "./function-permissions";

/**
 * A function that can be called: a function of this library, a plain cdktf `LambdaFunction` or `LambdaAlias`, a data source of
 * one, or `{ arn }` of an existing one.
 */
export type LambdaTarget = OwnFunction | PlainFunction | ExistingFunction;

interface OwnFunction {
  readonly functionName: string;
  readonly aliasArn: string;
  readonly function: ITerraformDependable & { readonly functionName: string };
  readonly alias: ITerraformDependable & { readonly name: string };
  readonly dependencies: readonly ITerraformDependable[];
}

interface PlainFunction extends ITerraformDependable {
  readonly functionName: string;
  readonly functionNameInput?: string;
  readonly lifecycle?: { readonly createBeforeDestroy?: boolean };
  readonly terraformResourceType?: string;
  /** Of an alias. */
  readonly name?: string;
  readonly nameInput?: string;
}

interface ExistingFunction {
  /** A literal ARN, with or without a qualifier; the account may come from a data source. */
  readonly arn: string;
}

/** A function as integrations and authorizers need it. */
export interface ResolvedTarget {
  /** Names the function in the ids of constructs. */
  readonly key: string;
  /** The ARN as Terraform reads it: the same however the function was given. */
  readonly identity: string;
  readonly arn: string;
  readonly permission: { readonly functionName: string; readonly qualifier?: string };
  /** Terraform forces it on the function, and on all that the function refers to. */
  readonly createBeforeDestroy: boolean;
  readonly dependencies: () => readonly ITerraformDependable[];
}

/** What API Gateway calls to invoke a function. */
export function invocationUri(scope: Construct, { arn }: ResolvedTarget): string {
  const { region, partition } = environmentOf(scope);
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** Lets a role call a function. Another role than a `Role` must be allowed already. */
export function allowInvocation(role: RoleTarget, { arn }: ResolvedTarget): void {
  if (!(role instanceof Role)) return;
  role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [arn] }));
}

/** Throws `FUNCTION_ARN_UNKNOWN` and `FUNCTION_ARN_INVALID`: the ARN of the function is part of the document. */
export function resolveTarget(scope: Construct, handler: LambdaTarget): ResolvedTarget {
  if ("aliasArn" in handler) {
    return {
      ...named(scope, handler.functionName, handler.aliasArn),
      permission: { functionName: handler.function.functionName, qualifier: handler.alias.name },
      createBeforeDestroy: true,
      dependencies: () => handler.dependencies,
    };
  }
  if ("functionName" in handler) {
    const name = literal(handler.functionNameInput);
    const alias = aliasOf(handler);
    if (name === undefined || (alias !== undefined && alias.literal === undefined)) throw unknownArn(scope);
    const { region, partition, accountId } = environmentOf(Construct.isConstruct(handler) ? handler : scope);
    const functionArn = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
    return {
      ...(alias === undefined
        ? named(scope, name, functionArn)
        : named(scope, `${name}-${alias.literal}`, `${functionArn}:${alias.literal}`)),
      permission: {
        functionName: handler.functionName,
        ...(alias === undefined ? {} : { qualifier: alias.reference }),
      },
      // Nothing is forced on what is only read.
      createBeforeDestroy:
        TerraformDataSource.isTerraformDataSource(handler) || handler.lifecycle?.createBeforeDestroy === true,
      dependencies: () => [handler],
    };
  }
  const { arn } = handler;
  const identity = templateText(scope, arn).text;
  // A variable may hold a qualifier, which could not be told apart.
  if (!isKnownInPlan(scope, arn) || identity.startsWith("${var.")) throw unknownArn(scope);
  const permission = permissionOf(scope, arn);
  return {
    key: shortHash(identity),
    identity,
    arn,
    permission,
    createBeforeDestroy: true,
    dependencies: () => [],
  };
}

/** A plain `LambdaAlias` looks like a function: it has the name of one. */
function aliasOf({ terraformResourceType, name = "", nameInput }: PlainFunction) {
  return terraformResourceType === "aws_lambda_alias" ? { reference: name, literal: literal(nameInput) } : undefined;
}

/** Functions of one name in different regions or accounts are different functions. */
function named(scope: Construct, name: string, arn: string): Pick<ResolvedTarget, "key" | "identity" | "arn"> {
  const own = environmentOf(scope);
  const [, , , region, account] = arn.split(":");
  const identity = templateText(scope, arn).text;
  const isNear = region === own.region && account === own.accountId;
  return { key: isNear ? name : `${name}-${shortHash(identity)}`, identity, arn };
}

const FUNCTION_ARN = /^(arn:[\w-]+:lambda:[a-z0-9-]+:[^:]+:function:[\w-]+)(?::(\$LATEST|[\w-]+))?$/;

/** The provider reads function and qualifier back apart: written as one, each plan would replace the permission. */
function permissionOf(scope: Construct, arn: string): ResolvedTarget["permission"] {
  const [, functionName, qualifier] = FUNCTION_ARN.exec(arn) ?? [];
  if (functionName !== undefined) return { functionName, ...(qualifier === undefined ? {} : { qualifier }) };
  // A reference as a whole, as in `data.aws_lambda_function.theirs.arn`, which has no qualifier.
  if (Token.isUnresolved(arn)) return { functionName: arn };
  throw new ConfigurationError(
    "FUNCTION_ARN_INVALID",
    scope.node.path,
    `the ARN of a function is arn:<partition>:lambda:<region>:<account>:function:<name>, got "${arn}"`,
    "copy the ARN of the function, of one of its aliases or of one of its versions",
  );
}

function unknownArn(scope: Construct): ConfigurationError {
  return new ConfigurationError(
    "FUNCTION_ARN_UNKNOWN",
    scope.node.path,
    "the function has no name or ARN that is known at synth, so the API's document would be unknown in the first plan",
    "give the function a literal functionName, or pass { arn } with a literal ARN",
  );
}
