import type { ChangeRow } from "./change-row";
import { API_ROWS } from "./rows/api-rows";
import { CANARY_ROWS } from "./rows/canary-rows";
import { CODE_ROWS } from "./rows/code-rows";
import { FUNCTION_ROWS } from "./rows/function-rows";
import { INTEGRATION_ROWS } from "./rows/integration-rows";
import { METHOD_ROWS } from "./rows/method-rows";
import { PLACE_ROWS } from "./rows/place-rows";
import { ROUTE_ROWS } from "./rows/route-rows";
import { STAGE_SETTING_ROWS } from "./rows/stage-setting-rows";
import { USAGE_PLAN_ROWS } from "./rows/usage-plan-rows";

/**
 * The change matrix. A row is data: how an API is declared before and after a change, and what Terraform may do about it.
 *
 * - Put a row into a list of `rows/`; it runs in both emissions, as an API of its own in a root that all rows share.
 * - `before` and `after` get a `Site`: `api()` makes the API, named as the row, with the stage `v1`; whatever else needs a
 *   name in AWS takes one from `named("…")`, so that calls can be told apart; constructs go below `scope`.
 * - `redeploys` says whether a changed definition is deployed, and adds its part to the plan (`REDEPLOYMENT` in `check-row.ts`).
 *   `plan` lists all other managed resources that are touched, `emissions.<name>.plan` those of one emission.
 * - Every row is checked for: the plan, exactly; no replacement of anything with a public name (`replaces` lists exceptions); as
 *   many deployments as are planned; the order of a redeployment, and nothing taken away that the live snapshot uses; what each
 *   stage serves, as a whole definition, and its settings; code and environment behind each alias; a second plan that is empty.
 *   `shows` adds what callers see of the change, before and after.
 * - Where one apply cannot be right, `emissions.<name>.hazard` says why, which warning says so at synth, and what is left for
 *   the second apply (with `-replace=` the deployment). Where AWS refuses it, `emissions.<name>.fails` says so; the row runs alone.
 *
 * `npm run test:matrix` runs all, `npm run test:matrix -- --row add-route` one, `--emission openapi` one of the emissions.
 */
export const CHANGE_ROWS: readonly ChangeRow[] = [
  ...ROUTE_ROWS,
  ...INTEGRATION_ROWS,
  ...METHOD_ROWS,
  ...API_ROWS,
  ...STAGE_SETTING_ROWS,
  ...CODE_ROWS,
  ...CANARY_ROWS,
  ...FUNCTION_ROWS,
  ...PLACE_ROWS,
  ...USAGE_PLAN_ROWS,
];

const names = CHANGE_ROWS.map(({ name }) => name);
const twice = names.find((name, index) => names.indexOf(name) !== index);
if (twice !== undefined) throw new Error(`two rows are named "${twice}"`);
