import { TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "../naming";

/** A `VpcLink`, `{ vpcLinkId }` of an existing one, or a plain cdktf `ApiGatewayVpcLink` or `DataAwsApiGatewayVpcLink`. */
export type VpcLinkTarget = { readonly vpcLinkId: string } | { readonly id: string };

/** What an integration says about its link. */
export interface Connection {
  /** A literal id, or `${stageVariables.<name>}`. */
  readonly connectionId: string;
  /** The variable that all stages need; absent for a literal id. */
  readonly stageVariable?: { readonly name: string; readonly value: string };
}

/** Longest name of a stage variable. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const NAME_LIMIT = 64;

/** How an integration reaches its link: ids that only AWS can mint travel as a stage variable. */
export function connectionOf(link: VpcLinkTarget): Connection {
  const id = "vpcLinkId" in link ? link.vpcLinkId : link.id;
  if (!Token.isUnresolved(id) || !Construct.isConstruct(link)) return { connectionId: id };
  const name = variableName(link);
  return { connectionId: `\${stageVariables.${name}}`, stageVariable: { name, value: id } };
}

/** From the place of the link in its stack: the same in all environments. */
function variableName(link: Construct): string {
  const path = link.node.path.slice(TerraformStack.of(link).node.path.length + 1);
  const name = `vpcLink_${path.replaceAll(/\W+/g, "_")}`;
  const hash = shortHash(path);
  return name.length <= NAME_LIMIT ? name : `${name.slice(0, NAME_LIMIT - hash.length - 1)}_${hash}`;
}
