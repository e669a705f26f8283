import type { LambdaFunctionVpcConfig } from "@cdktf/provider-aws/lib/lambda-function";
import type { AwsEnvironment } from "../environment";
import { Effect, PolicyStatement } from "../iam/policy-statement";
import { lastPartOf } from "../part-of-arn";

/** Something that AWS gave an id: a plain cdktf resource or data source, `{ id }`, `{ arn }`, or the id itself. */
export type IdTarget = string | { readonly id: string } | { readonly arn: string };

/**
 * Where a function is in a VPC. References make subnets and groups be created before their predecessors are destroyed:
 * give a security group of the same stack a `namePrefix` instead of a name.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export interface NetworkOptions {
  /** At least one, in different zones for availability; at most 16. */
  readonly subnets: readonly IdTarget[];
  /** At least one, at most 5. */
  readonly securityGroups: readonly IdTarget[];
  /** @default false */
  readonly ipv6AllowedForDualStack?: boolean;
}

/** `vpc_config`. */
export function vpcConfig({
  subnets,
  securityGroups,
  ipv6AllowedForDualStack,
}: NetworkOptions): LambdaFunctionVpcConfig {
  return {
    subnetIds: subnets.map(idOf),
    securityGroupIds: securityGroups.map(idOf),
    ...(ipv6AllowedForDualStack === undefined ? {} : { ipv6AllowedForDualStack }),
  };
}

const INTERFACE_ACTIONS = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:UnassignPrivateIpAddresses",
];
/** EC2 restricts these to no resource. */
const DESCRIBE_ACTIONS = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];

/**
 * Lets Lambda keep network interfaces for a function, and not the function's own code: a call of the code carries the ARN
 * of the function, without qualifier; a call of Lambda does not.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function networkStatements(environment: AwsEnvironment, functionArn: string): readonly PolicyStatement[] {
  const { partition, region } = environment;
  return [
    // Lambda names no interface that exists yet, and a subnet may be another account's that shares its VPC.
    new PolicyStatement({ actions: INTERFACE_ACTIONS, resources: [`arn:${partition}:ec2:${region}:*:*/*`] }),
    new PolicyStatement({ actions: DESCRIBE_ACTIONS, resources: ["*"] }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions: [...INTERFACE_ACTIONS, ...DESCRIBE_ACTIONS, "ec2:DetachNetworkInterface"],
      resources: ["*"],
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
    }),
  ];
}

function idOf(target: IdTarget): string {
  if (typeof target === "string") return target;
  return "id" in target ? target.id : lastPartOf(target.arn, "/");
}
