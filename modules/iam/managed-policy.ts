import type { Construct, IConstruct } from "constructs";
import { environmentOf } from "../environment";

/** A policy of its own, which roles are given by ARN: a plain cdktf `IamPolicy`, a data source of one, or `{ arn }`. */
export type ManagedPolicyTarget = ManagedPolicy | { readonly arn: string };

/**
 * A managed policy that exists. AWS CDK's names.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export class ManagedPolicy {
  /** One of AWS's own, as in `service-role/AWSLambdaVPCAccessExecutionRole`. */
  static fromAwsManagedPolicyName(managedPolicyName: string): ManagedPolicy {
    return new ManagedPolicy((scope) => `arn:${environmentOf(scope).partition}:iam::aws:policy/${managedPolicyName}`);
  }

  /** One of the account of the stack, by name, with the path before it. */
  static fromManagedPolicyName(_scope: Construct, _id: string, managedPolicyName: string): ManagedPolicy {
    return new ManagedPolicy((scope) => {
      const { partition, accountId } = environmentOf(scope);
      return `arn:${partition}:iam::${accountId}:policy/${managedPolicyName}`;
    });
  }

  /** One by its ARN. */
  static fromManagedPolicyArn(_scope: Construct, _id: string, managedPolicyArn: string): ManagedPolicy {
    return new ManagedPolicy(() => managedPolicyArn);
  }

  private constructor(private readonly arnFor: (scope: IConstruct) => string) {}

  /** The ARN in the partition and account of a construct. */
  arnIn(scope: IConstruct): string {
    return this.arnFor(scope);
  }
}

/** The ARN of a policy, for a role. */
export function managedPolicyArn(scope: IConstruct, policy: ManagedPolicyTarget): string {
  return policy instanceof ManagedPolicy ? policy.arnIn(scope) : policy.arn;
}
