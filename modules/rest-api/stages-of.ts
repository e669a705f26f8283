import type { IConstruct } from "constructs";
import type { RestApiBase } from "./rest-api-base";
import type { Stage } from "./stage";

/** All stages of an API, wherever in the app they are. */
export function stagesOf(api: RestApiBase): readonly Stage[] {
  return api.node.root.node.findAll().filter((it): it is Stage => isStage(it) && it.api === api);
}

function isStage(it: IConstruct): it is Stage {
  return "stageName" in it && "settingsOf" in it;
}
