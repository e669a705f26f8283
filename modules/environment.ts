import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../definition/configuration-error";
import { partitionOf } from "../definition/partition";

/** Where the resources of a stack live. Region and partition are literals; the account may be a data source. */
export interface AwsEnvironment {
  readonly region: string;
  /** A literal, or a reference to `data.aws_caller_identity`. */
  readonly accountId: string;
  readonly partition: string;
}

/** A stack carries its environment under this key, so that it is found without `instanceof`. */
export const ENVIRONMENT = Symbol.for("headgate/environment");

/**
 * The environment of the stack around a construct: that of a `HeadgateStack`, else region and account of the
 * stack's AWS provider. Throws `STACK_WITHOUT_REGION` when neither has a literal region, because ARNs must be known
 * before the first plan.
 */
export function environmentOf(construct: IConstruct): AwsEnvironment {
  const found = findEnvironment(construct);
  if (found !== undefined) return found;
  throw new ConfigurationError(
    "STACK_WITHOUT_REGION",
    construct.node.path,
    "the stack has no AWS provider with a literal region, so ARNs cannot be known before the first plan",
    'extend HeadgateStack with { region: "eu-central-1" }, or create the AwsProvider with a literal region before the constructs that need it',
  );
}

/** The same where it is possible to do without. */
export function findEnvironment(construct: IConstruct): AwsEnvironment | undefined {
  for (const scope of [...construct.node.scopes].reverse()) {
    const found: unknown = Reflect.get(scope, ENVIRONMENT);
    if (isEnvironment(found)) return found;
  }
  return environmentOfProvider(construct);
}

/** Account id of the credentials in use, known at plan time. One data source a stack. */
export function callerAccountId(construct: IConstruct): string {
  const stack = TerraformStack.of(construct);
  const id = "CallerIdentity";
  const existing: unknown = stack.node.tryFindChild(id);
  const identity = isCallerIdentity(existing) ? existing : new DataAwsCallerIdentity(stack, id);
  return identity.accountId;
}

function environmentOfProvider(construct: IConstruct): AwsEnvironment | undefined {
  const stack = TerraformStack.of(construct);
  for (const provider of stack.allProviders()) {
    const region: unknown = Reflect.get(provider, "regionInput");
    const accounts: unknown = Reflect.get(provider, "allowedAccountIdsInput");
    if (typeof region !== "string" || Token.isUnresolved(region)) continue;
    const [only, ...others] = Array.isArray(accounts) ? accounts : [];
    const literalAccount = typeof only === "string" && others.length === 0 ? only : undefined;
    return {
      region,
      partition: partitionOf(region).name,
      get accountId() {
        return literalAccount ?? callerAccountId(construct);
      },
    };
  }
  return undefined;
}

function isEnvironment(value: unknown): value is AwsEnvironment {
  return typeof value === "object" && value !== null && "region" in value && "partition" in value;
}

function isCallerIdentity(value: unknown): value is DataAwsCallerIdentity {
  return typeof value === "object" && value !== null && "accountId" in value;
}
