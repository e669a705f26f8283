import type { RestApiDefinition } from "../../../definition/rest-api";
import type { StageDefinition } from "../../../definition/stage";
import type { ResourceChange } from "../../support/terraform/plan";
import type { Call } from "../../support/twin/call-log";
import type { StageRecord } from "../../support/twin/stage";
import type { Live } from "./change-row";

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

/** What Terraform did to one row. */
export interface RowOutcome {
  /** What the plan of the change touches. */
  readonly plan: readonly ResourceChange[];
  /** Mutating calls of the apply of the change, in order. */
  readonly calls: readonly Call[];
  /** What was declared before `before`; absent where the row has no history. */
  readonly earlier?: RestApiDefinition;
  /** Stages by name, before and after the apply of the change. */
  readonly before: ReadonlyMap<string, ServedStage>;
  readonly after: ReadonlyMap<string, ServedStage>;
  /** What the plan after that touches. */
  readonly secondPlan: readonly ResourceChange[];
  /** Where one apply is not enough: stages after the second, and what is planned then. */
  readonly settled?: {
    readonly stages: ReadonlyMap<string, ServedStage>;
    readonly thirdPlan: readonly ResourceChange[];
  };
  /** Warnings at the synth of the change. */
  readonly warnings: readonly string[];
}
