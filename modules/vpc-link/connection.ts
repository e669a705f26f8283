import { Token } from "cdktf";
import { Construct } from "constructs";
import { asStageVariable, type IdVariable, idVariable } from "../rest-api/id-variable";

/** A Network Load Balancer: a plain cdktf `Lb`, a data source of one, or `{ arn }` of an existing one. */
export interface NetworkLoadBalancerTarget {
  readonly arn: string;
  /**
   * What integrations without a `uri` call.
   * @default - integrations say their `uri`
   */
  readonly dnsName?: string;
  /** What a plain `Lb` is declared with. */
  readonly loadBalancerTypeInput?: string;
}

/** A VPC link: a `VpcLink`, or one that exists. */
export interface IVpcLink {
  readonly vpcLinkId: string;
  /** @default - not known */
  readonly targets?: readonly NetworkLoadBalancerTarget[];
}

/** A `VpcLink`, `{ vpcLinkId }` of an existing one, or a plain cdktf `ApiGatewayVpcLink` or `DataAwsApiGatewayVpcLink`. */
export type VpcLinkTarget = IVpcLink | { readonly id: string };

/** What an integration says about its link. */
export interface Connection {
  /** A literal id, or `${stageVariables.<name>}`. */
  readonly connectionId: string;
  /** What all stages need; absent for a literal id. */
  readonly idVariable?: IdVariable;
}

/** How an integration reaches its link: ids that only AWS can mint travel as a stage variable. */
export function connectionOf(link: VpcLinkTarget): Connection {
  const id = "vpcLinkId" in link ? link.vpcLinkId : link.id;
  if (!Token.isUnresolved(id) || !Construct.isConstruct(link)) return { connectionId: id };
  const variable = idVariable("vpcLink", link, id);
  return { connectionId: asStageVariable(variable), idVariable: variable };
}

/** Where an integration without a `uri` calls. */
export interface LinkHost {
  /** A literal name, or `${stageVariables.<name>}`; absent when the load balancer is not known. */
  readonly host?: string;
  /** What all stages need; absent for a literal name. */
  readonly idVariable?: IdVariable;
}

/** The name of the load balancer behind a link: names that only AWS can mint travel as a stage variable. */
export function hostOf(link: VpcLinkTarget): LinkHost {
  const [target] = ("targets" in link ? link.targets : undefined) ?? [];
  if (target?.dnsName === undefined) return {};
  if (!Token.isUnresolved(target.dnsName)) return { host: target.dnsName };
  if (!Construct.isConstruct(target)) return {};
  const variable = idVariable("host", target, target.dnsName);
  return { host: asStageVariable(variable), idVariable: variable };
}
