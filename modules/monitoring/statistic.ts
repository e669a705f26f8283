import { ConfigurationError } from "../../definition/configuration-error";

/**
 * How the values of one period become one: a word, or a percentile such as `p99`.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export type Statistic = "Average" | "Maximum" | "Minimum" | "SampleCount" | "Sum" | `p${number}`;

const WORDS = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"] as const;

/** True for a statistic that Terraform calls an extended one. */
export function isPercentile(statistic: Statistic): boolean {
  return WORDS.every((word) => word !== statistic);
}

/** Throws `METRIC_STATISTIC_INVALID` for a statistic that CloudWatch does not have. */
export function checkStatistic(place: string, metricName: string, statistic: Statistic): void {
  if (!isPercentile(statistic) || /^p(?:\d{1,2}(?:\.\d{1,10})?|100)$/.test(statistic)) return;
  throw new ConfigurationError(
    "METRIC_STATISTIC_INVALID",
    place,
    `the statistic of ${metricName} must be ${WORDS.join(", ")} or a percentile, got "${statistic}"`,
    'use a word as it is written here, or "p99"',
  );
}
