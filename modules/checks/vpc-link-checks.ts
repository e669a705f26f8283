import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { NetworkLoadBalancerTarget } from "../vpc-link/connection";
import { type Check, findProblems, mismatches } from "./check";

interface VpcLinkSubject {
  readonly vpcLinkName: string;
  readonly targets: readonly NetworkLoadBalancerTarget[];
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateVpcLink.html */
const CHECKS: readonly Check<VpcLinkSubject>[] = [
  {
    code: "VPC_LINK_NAME_INVALID",
    problem: ({ vpcLinkName }) =>
      !Token.isUnresolved(vpcLinkName) && vpcLinkName.trim() === "" ? "vpcLinkName is empty" : undefined,
    fix: "pass a name",
  },
  {
    code: "VPC_LINK_TARGETS_NOT_ONE",
    problem: ({ targets }) =>
      targets.length === 1 ? undefined : `a VPC link has one Network Load Balancer as target, got ${targets.length}`,
    fix: "create one link for each load balancer",
  },
  {
    code: "VPC_LINK_TARGET_INVALID",
    problem: ({ targets: [target] }) => {
      const type = target?.loadBalancerTypeInput;
      if (isPlainLb(target) && type !== "network" && !Token.isUnresolved(type)) {
        return `the target of a VPC link must be a Network Load Balancer, got one of the type "${type ?? "application"}"`;
      }
      return mismatches(target?.arn, /^arn:[\w-]+:elasticloadbalancing:[a-z0-9-]+:[^:]+:loadbalancer\/net\//)
        ? `the target of a VPC link must be a Network Load Balancer, got "${target?.arn}"`
        : undefined;
    },
    fix: "pass a Network Load Balancer: arn:<partition>:elasticloadbalancing:<region>:<account>:loadbalancer/net/…",
  },
];

/** Messages for what API Gateway would refuse of a VPC link, when its targets are declared. */
export function vpcLinkProblems(scope: IConstruct, subject: VpcLinkSubject): string[] {
  return findProblems(scope, CHECKS, subject).map(({ message }) => message);
}

/** True for what can say its type, also when it says nothing: Terraform's default is an Application Load Balancer. */
function isPlainLb(target: NetworkLoadBalancerTarget | undefined): boolean {
  return target !== undefined && "loadBalancerTypeInput" in target;
}
