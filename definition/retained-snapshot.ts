import type { Json, JsonObject } from "./json";
import { objectAt } from "./json-access";

/** `triggers` of a deployment that keeps an earlier snapshot, whatever is declared now. */
export const RETAINED_TRIGGERS = { definition: "retained" } satisfies JsonObject;

/** True for the `triggers` of a snapshot that is kept by `retainDeployments`, a canary or a rollback. */
export function areRetained(triggers: Json | undefined): boolean {
  return objectAt(triggers).definition === RETAINED_TRIGGERS.definition;
}
