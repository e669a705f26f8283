import { Lazy, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { attributeTexts } from "../terraform-text";
import type { IdVariable } from "./id-variable";

type Variables = Readonly<Record<string, string>>;

/** Variables of a stage: its own, and the ids that its API needs. Decided at synth, when all routes are known. */
export function stageVariables(
  stage: IConstruct,
  own: Variables | undefined,
  ids: () => readonly IdVariable[],
): Record<string, string> {
  const produce = () => {
    const variables = { ...own, ...idValues(stage, own, ids()) };
    return Object.keys(variables).length === 0 ? undefined : attributeTexts(stage, variables);
  };
  return Token.asStringMap(Lazy.anyValue({ produce }));
}

function idValues(stage: IConstruct, own: Variables | undefined, ids: readonly IdVariable[]): Variables {
  const taken = new Map<string, Construct>();
  const values: Record<string, string> = {};
  for (const { name, value, resource } of ids) {
    const rival = taken.get(name) ?? resource;
    if (rival !== resource || own?.[name] !== undefined) {
      throw new ConfigurationError(
        "STAGE_VARIABLE_TAKEN",
        stage.node.path,
        `the stage variable ${name} carries the id of "${resource.node.path}", but it holds something else`,
        "rename your variable, or give what has the id another construct id",
      );
    }
    taken.set(name, resource);
    values[name] = value;
  }
  return values;
}
