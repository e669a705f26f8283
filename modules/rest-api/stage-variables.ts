import { Lazy, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { attributeTexts } from "../terraform-text";
import { connectionOf, type VpcLinkTarget } from "../vpc-link/connection";
import type { Method } from "./method";

type Variables = Readonly<Record<string, string>>;

/** Variables of a stage: its own, and the ids of the links that routes need. Decided at synth, when all routes are known. */
export function stageVariables(
  stage: IConstruct,
  own: Variables | undefined,
  methods: () => readonly Method[],
): Record<string, string> {
  const produce = () => {
    const variables = { ...own, ...linkVariables(stage, own, methods()) };
    return Object.keys(variables).length === 0 ? undefined : attributeTexts(stage, variables);
  };
  return Token.asStringMap(Lazy.anyValue({ produce }));
}

function linkVariables(stage: IConstruct, own: Variables | undefined, methods: readonly Method[]): Variables {
  const taken = new Map<string, VpcLinkTarget>();
  const variables: Record<string, string> = {};
  for (const { integration, route } of methods) {
    const link = integration.options?.vpcLink;
    const variable = link === undefined ? undefined : connectionOf(link).stageVariable;
    if (link === undefined || variable === undefined) continue;
    const rival = taken.get(variable.name) ?? link;
    if (rival !== link || own?.[variable.name] !== undefined) {
      throw new ConfigurationError(
        "STAGE_VARIABLE_TAKEN",
        stage.node.path,
        `"${route}" needs the stage variable ${variable.name} for the id of its VPC link, but it holds something else`,
        "rename your variable, or give the VPC link another construct id",
      );
    }
    taken.set(variable.name, link);
    variables[variable.name] = variable.value;
  }
  return variables;
}
