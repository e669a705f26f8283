import type { Construct } from "constructs";
import type { ErrorCode } from "../../../definition/error-code";
import type { RestApiDefinition } from "../../../definition/rest-api";
import type { EmissionName, RestApi, RestApiProps } from "../../../modules";
import type { MappedPath } from "../../support/twin/domain-name";
import type { StageRecord } from "../../support/twin/stage";
import type { UsagePlanRecord } from "../../support/twin/usage-plan";

/** Where one row stands among the others of its root. */
export interface Site {
  /** A construct of the row's own. */
  readonly scope: Construct;
  /** Emission of the batch. */
  readonly emission: EmissionName;
  /** A name that no other row has: the row's, with an ending. */
  named(ending: string): string;
  /** The API of the row: named as the row, emitted as the batch is, with the stage `v1`. At most once. */
  api(props?: RestApiProps, at?: { readonly scope: Construct; readonly id: string }): RestApi;
}

/** Declares the API of a row, with all that it needs, as the code has it before or after the change. */
export type Build = (site: Site) => void;

/** What callers get: the snapshot that the stage `v1` serves, the settings of that stage, and what leads to the API. */
export interface Live {
  readonly api: RestApiDefinition;
  readonly stage: StageRecord;
  /** Plans that cover a stage of the API. */
  readonly usagePlans: readonly UsagePlanRecord[];
  /** Paths of custom domains that serve the API. */
  readonly mappings: readonly MappedPath[];
}

/** Something that one apply cannot do in an emission. */
export interface Hazard {
  /** Reason, as a clause. */
  readonly because: string;
  /** What says so at synth. */
  readonly warning: ErrorCode;
  /** True if the old snapshot's content is still live after the first apply. @default false */
  readonly staysLive?: boolean;
  /** What the second plan touches. @default - nothing */
  readonly secondPlan?: readonly string[];
}

/** An apply that AWS refuses in part. */
export interface Refusal {
  /** Reason, as a clause. */
  readonly because: string;
  /** What AWS says, as far as Terraform prints it. */
  readonly message: string;
  /** What the same apply does again. */
  readonly again: "converges" | "fails";
  /** What says so at synth. @default - nothing can: it is the state that decides */
  readonly warning?: ErrorCode;
}

/** What a row says of one emission. */
export interface EmissionRow {
  /** What the plan touches in this emission alone, beside `plan`. @default - nothing */
  readonly plan?: readonly string[];
  /** @default - one apply is enough */
  readonly hazard?: Hazard;
  /** The row runs alone. @default - every apply succeeds */
  readonly fails?: Refusal;
}

/** One kind of change. See `change-rows.ts` for how to write one. */
export interface ChangeRow {
  /** In kebab-case, unique; what `--row` takes. All names in AWS begin with it. */
  readonly name: string;
  /** Applied before `before`, for changes that need a history. @default - the account is empty before `before` */
  readonly earlier?: Build;
  readonly before: Build;
  readonly after: Build;
  /**
   * True if a changed definition must be deployed; "beside" where the former deployment stays. Adds the plan of a
   * redeployment (`REDEPLOYMENT`) to what is planned. As many deployments appear as are planned, and no other.
   */
  readonly redeploys: boolean | "beside";
  /** Managed resources that the plan touches in both emissions, as in `aws_api_gateway_stage update`. @default - none */
  readonly plan?: readonly string[];
  /** @default - the same in both */
  readonly emissions?: Partial<Readonly<Record<EmissionName, EmissionRow>>>;
  /** Emissions that the row runs in. @default - both */
  readonly only?: EmissionName;
  /** What shows the change to callers. @default - nothing but what every row is compared with */
  readonly shows?: { readonly of: (live: Live) => unknown; readonly before: unknown; readonly after: unknown };
  /** The definition that the stage `v1` serves at the end. @default "after" */
  readonly serves?: "earlier" | "before" | "after";
  /** Pairs of calls of which the first comes first, beside what holds for every row. @default - none */
  readonly order?: readonly (readonly [first: string, then: string])[];
  /**
   * Calls that take something away before the stage has moved, or without that it moves: the live snapshot uses nothing of
   * it, or the row says why it cannot be otherwise.
   * @default - none
   */
  readonly takesAway?: readonly string[];
  /** Types with a public name that are replaced, where it is their name that changes, or AWS can do nothing else. @default - none */
  readonly replaces?: readonly string[];
}
