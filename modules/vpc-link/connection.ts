import { Token } from "cdktf";
import { Construct } from "constructs";
import { asStageVariable, type IdVariable, idVariable } from "../rest-api/id-variable";

/** A `VpcLink`, `{ vpcLinkId }` of an existing one, or a plain cdktf `ApiGatewayVpcLink` or `DataAwsApiGatewayVpcLink`. */
export type VpcLinkTarget = { readonly vpcLinkId: string } | { readonly id: string };

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
