import type { RestApiDefinition } from "../../../definition/rest-api";
import type { StageDefinition } from "../../../definition/stage";
import type { ResourceChange } from "../../support/terraform/plan";
import type { Call } from "../../support/twin/call-log";
import type { StageRecord } from "../../support/twin/stage";
import type { Live } from "./change-row";
import type { Functions } from "./functions";

/** What a stage serves, and what it was told to serve. */
export interface ServedStage extends Pick<Live, "usagePlans" | "mappings"> {
  readonly stage: StageRecord;
  readonly live: RestApiDefinition;
  /** What a canary of the stage serves. */
  readonly canary?: RestApiDefinition;
  readonly declared: RestApiDefinition;
  /** Absent for a stage that the configuration does not know. */
  readonly declaredStage?: StageDefinition;
}

/** What stands in the account of a row, beside what is declared. */
export interface DeployedRow {
  /** Stages by name. */
  readonly stages: ReadonlyMap<string, ServedStage>;
  /** Names. */
  readonly declaredStages: readonly string[];
  /** What the aliases show. */
  readonly functions: Functions;
  readonly declaredFunctions: Functions;
}

/** What Terraform did to one row. */
export interface RowOutcome {
  /** What the plan of the change touches. */
  readonly plan: readonly ResourceChange[];
  /** Mutating calls of the apply of the change, in order. */
  readonly calls: readonly Call[];
  /** What was declared before `before`; absent where the row has no history. */
  readonly earlier?: RestApiDefinition;
  readonly before: DeployedRow;
  /** After the apply of the change; after the second one where the first must fail. */
  readonly after: DeployedRow;
  /** What the plan after that touches. */
  readonly secondPlan: readonly ResourceChange[];
  /** Where an apply must fail: what Terraform printed, the first time and the second. Absent elsewhere. */
  readonly attempts?: readonly string[];
  /** Where one apply is not enough: what stands there after the second, and what is planned then. */
  readonly settled?: { readonly deployed: DeployedRow; readonly thirdPlan: readonly ResourceChange[] };
  /** Warnings at the synth of the change. */
  readonly warnings: readonly string[];
}
