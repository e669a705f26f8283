import type { QuotaPeriod, ThrottleDefinition } from "../../definition/usage-plan";
import type { IStage } from "../rest-api/existing-stage";
import type { Method } from "../rest-api/method";
import type { RestApiBase } from "../rest-api/rest-api-base";

/** Periods of a quota, as in `Period.MONTH`. */
export const Period = { DAY: "DAY", WEEK: "WEEK", MONTH: "MONTH" } as const satisfies Record<string, QuotaPeriod>;
/** One of the periods. */
export type Period = QuotaPeriod;

/** How many requests a key may send. */
export interface QuotaSettings {
  /** Requests in one period. */
  readonly limit: number;
  /** How long a quota lasts: a day, a week or a month. */
  readonly period: Period;
  /**
   * Requests that the first period starts with: DAY 0, WEEK 0 to 6, MONTH 0 to 27.
   * @default 0
   */
  readonly offset?: number;
}

/** Limit of one key on one route. */
export interface ThrottlingPerMethod {
  /** A method of the stage's API that asks for a key: of other callers, a plan knows nothing. */
  readonly method: Method;
  readonly throttle: ThrottleDefinition;
}

/** A stage that a plan covers. */
export interface UsagePlanPerApiStage {
  readonly stage: IStage;
  /** @default - the API of the stage; no other is possible */
  readonly api?: RestApiBase;
  /** @default - the limit of the plan */
  readonly throttle?: readonly ThrottlingPerMethod[];
}

/** Limits of a plan. All are optional. */
export interface UsagePlanOptions {
  /** @default - the construct id */
  readonly name?: string;
  /** @default - no description */
  readonly description?: string;
  /**
   * Limit of each key over all routes, in requests a second and at once.
   * @default - no limit but those of route, stage and account
   */
  readonly throttle?: ThrottleDefinition;
  /** @default - no quota */
  readonly quota?: QuotaSettings;
  /** More come by `addApiStage`. @default - no stages */
  readonly apiStages?: readonly UsagePlanPerApiStage[];
  /**
   * Product of AWS Marketplace that the plan is sold as.
   * @default - no product
   */
  readonly productCode?: string;
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** AWS CDK's name for them. */
export type UsagePlanProps = UsagePlanOptions;
