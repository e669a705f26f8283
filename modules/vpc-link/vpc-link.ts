import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Lazy, Token } from "cdktf";
import { Construct } from "constructs";
import { vpcLinkProblems } from "../checks/vpc-link-checks";
import { attributeText, attributeTexts } from "../terraform-text";
import type { IVpcLink, NetworkLoadBalancerTarget } from "./connection";

/** Properties of a VPC link. */
export interface VpcLinkProps {
  /** @default - the construct id */
  readonly vpcLinkName?: string;
  /** @default - no description */
  readonly description?: string;
  /**
   * One Network Load Balancer, in the account and region of the API.
   * @default - what `addTargets` adds
   */
  readonly targets?: readonly [NetworkLoadBalancerTarget];
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A link to the HTTP backends behind a Network Load Balancer of a VPC: `vpcLink` of an integration. Its id reaches the API
 * as a variable of the stages, so that the API's document is known before the link exists.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export class VpcLink extends Construct implements IVpcLink {
  /** A link that exists, by its literal id. */
  static fromVpcLinkId(_scope: Construct, _id: string, vpcLinkId: string): IVpcLink {
    return { vpcLinkId };
  }

  /** `aws_api_gateway_vpc_link`. */
  readonly vpcLink: ApiGatewayVpcLink;
  /** A literal. */
  readonly vpcLinkName: string;
  private readonly added: NetworkLoadBalancerTarget[] = [];

  constructor(scope: Construct, id: string, props: VpcLinkProps = {}) {
    super(scope, id);
    this.vpcLinkName = props.vpcLinkName ?? id;
    this.vpcLink = new ApiGatewayVpcLink(this, "Resource", {
      name: attributeText(this, this.vpcLinkName),
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      targetArns: Lazy.listValue({ produce: () => this.targetArns }),
      ...(props.tags === undefined ? {} : { tags: attributeTexts(this, props.tags) }),
    });
    // Decided at synth, when the targets are known; the typed argument takes no lazy value.
    const lifecycle = () => (this.isReplacedFirst ? { create_before_destroy: true } : undefined);
    this.vpcLink.addOverride("lifecycle", Lazy.anyValue({ produce: lifecycle }));
    this.addTargets(...(props.targets ?? []));
    this.node.addValidation({ validate: () => vpcLinkProblems(this, this) });
  }

  /**
   * Says where the link leads to: AWS allows one target. An integration without a `uri` asks for it when a method is given
   * the integration, so call this before.
   */
  addTargets(...targets: readonly NetworkLoadBalancerTarget[]): void {
    this.added.push(...targets);
  }

  /** The Network Load Balancer that was declared or added. */
  get targets(): readonly NetworkLoadBalancerTarget[] {
    return this.added;
  }

  /** A reference. */
  get vpcLinkId(): string {
    return this.vpcLink.id;
  }

  private get targetArns(): string[] {
    return this.added.map(({ arn }) => arn);
  }

  /**
   * Another target is another link. Where the flag does not reach a load balancer, whose name only one can have, the old link
   * goes after the stage has moved.
   */
  private get isReplacedFirst(): boolean {
    return !this.targetArns.some((arn) => Token.isUnresolved(arn));
  }
}
