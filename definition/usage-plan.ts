export const QUOTA_PERIODS = ["DAY", "WEEK", "MONTH"] as const;
export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

/** Token bucket. */
export interface ThrottleDefinition {
  /** Requests a second that the bucket refills by. */
  readonly rateLimit: number;
  /** Requests that the bucket holds. */
  readonly burstLimit: number;
}

/** Limits for a group of callers. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_UsagePlan.html */
export interface UsagePlanDefinition {
  readonly name: string;
  readonly description?: string;
  readonly throttle?: ThrottleDefinition;
  readonly quota?: { readonly limit: number; readonly offset: number; readonly period: QuotaPeriod };
  readonly apiStages: readonly UsagePlanStageDefinition[];
  /** Names of `ApiKeyDefinition`s. */
  readonly apiKeys: readonly string[];
}

/** A stage that a plan covers. */
export interface UsagePlanStageDefinition {
  /** Terraform address of the `aws_api_gateway_rest_api`. */
  readonly apiAddress: string;
  readonly stageName: string;
  readonly throttle: readonly (ThrottleDefinition & { readonly resourcePath: string; readonly httpMethod: string })[];
}

/** A key that callers send in `x-api-key`. */
export interface ApiKeyDefinition {
  readonly name: string;
  /** 20 to 128 characters; absent when AWS generates it. */
  readonly value?: string;
  readonly enabled: boolean;
}
