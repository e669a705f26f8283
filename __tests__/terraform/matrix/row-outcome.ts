import type { RestApiDefinition } from "../../../definition/rest-api";
import type { ResourceChange } from "../../support/terraform/plan";
import type { Call } from "../../support/twin/call-log";
import type { StageRecord } from "../../support/twin/stage";

/** What a stage serves, and what it was told to serve. */
export interface ServedStage {
  readonly stage: StageRecord;
  readonly live: RestApiDefinition;
  /** What a canary of the stage serves. */
  readonly canary?: RestApiDefinition;
  readonly declared: RestApiDefinition;
}

/** What Terraform did to one row. */
export interface RowOutcome {
  /** What the plan of the change touches. */
  readonly plan: readonly ResourceChange[];
  /** Mutating calls of the apply of the change, in order. */
  readonly calls: readonly Call[];
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
