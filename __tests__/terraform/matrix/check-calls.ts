import type { Call } from "../../support/twin/call-log";
import { patchOperations } from "../../support/twin/patch";
import type { ChangeRow } from "./change-row";

/** Traffic moves last. A pair counts where both calls were made. */
const ORDER = [
  ["PutRestApi", "CreateDeployment"],
  ...["CreateDeployment", "CreateAlias", "AddPermission", "PutRolePolicy"].map(
    (call) => [call, "UpdateStage"] as const,
  ),
] as const;

/** Parts of the API that no snapshot looks at again, and logs, which keep nothing alive. */
const UNUSED_BY_SNAPSHOTS =
  /^Delete(Method|MethodResponse|Integration|IntegrationResponse|Resource|Model|RequestValidator|Authorizer|GatewayResponse|LogGroup)$/;

/** Compares the mutating calls of an apply with what a row says of them. */
export function checkCalls({ order = [], takesAway = [] }: ChangeRow, calls: readonly Call[]): void {
  expect(outOfOrder(calls, [...ORDER, ...order])).toEqual([]);
  expect(takenAwayEarly(calls, takesAway)).toEqual([]);
}

/** Pairs of which the second call came before the last of the first ones. */
function outOfOrder(calls: readonly Call[], pairs: readonly (readonly [string, string])[]): readonly string[] {
  const operations = calls.map(({ operation }) => operation);
  return pairs
    .filter(([first, then]) => {
      const earliest = operations.indexOf(then);
      return earliest !== -1 && earliest < operations.lastIndexOf(first);
    })
    .map(([first, then]) => `${first} after ${then}`);
}

/** What is taken away while the stage still serves the old snapshot, or at all where the stage does not move. */
function takenAwayEarly(calls: readonly Call[], allowed: readonly string[]): readonly string[] {
  const moved = calls.findIndex(movesStage);
  return calls
    .slice(0, moved === -1 ? calls.length : moved)
    .map(({ operation }) => operation)
    .filter((it) => /^(Delete|Remove|Detach)/.test(it) && !UNUSED_BY_SNAPSHOTS.test(it) && !allowed.includes(it));
}

function movesStage({ operation, parameters }: Call): boolean {
  if (operation !== "UpdateStage") return false;
  return patchOperations(parameters.patchOperations).some(({ path }) => /^\/(deploymentId$|canarySettings)/.test(path));
}
