import type { IConstruct } from "constructs";
import type { AlarmProps, ComparisonOperator } from "../monitoring/alarm";
import { type Check, runChecks } from "./check";

interface AlarmSubject extends AlarmProps {
  readonly comparisonOperator: ComparisonOperator;
}

const DAY_SECONDS = 86_400;

/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const CHECKS: readonly Check<AlarmSubject>[] = [
  {
    code: "ALARM_NAME_INVALID",
    problem: ({ alarmName }) =>
      alarmName !== undefined && (alarmName.trim() === "" || alarmName.length > 255)
        ? `alarmName must have 1 to 255 characters, got ${alarmName.length}`
        : undefined,
    fix: "shorten the name, or leave it out",
  },
  {
    code: "ALARM_THRESHOLD_INVALID",
    problem: ({ threshold }) =>
      Number.isFinite(threshold) ? undefined : `threshold must be a number, got ${threshold}`,
    fix: "pass a number in the unit of the metric: milliseconds, requests, or a share of 0 to 1",
  },
  {
    code: "ALARM_DATAPOINTS_INVALID",
    problem: ({ evaluationPeriods, datapointsToAlarm }) => {
      if (!isPositiveInteger(evaluationPeriods))
        return `evaluationPeriods must be a whole number of at least 1, got ${evaluationPeriods}`;
      if (datapointsToAlarm === undefined) return undefined;
      return isPositiveInteger(datapointsToAlarm) && datapointsToAlarm <= evaluationPeriods
        ? undefined
        : `datapointsToAlarm must be 1 to the ${evaluationPeriods} evaluationPeriods, got ${datapointsToAlarm}`;
    },
    fix: "use 3 periods and 2 data points, say",
  },
  {
    code: "ALARM_PERIOD_INVALID",
    problem: ({ metric }) => {
      const seconds = metric.period.toMilliseconds() / 1000;
      return seconds > 0 && seconds % 60 === 0
        ? undefined
        : `the period of an alarm must be whole minutes, as data come once a minute, got ${seconds} s`;
    },
    fix: "use Duration.minutes(1) or more",
  },
  {
    code: "ALARM_WINDOW_TOO_LONG",
    problem: ({ metric, evaluationPeriods }) => {
      const seconds = metric.period.toMilliseconds() / 1000;
      const days = seconds < 3600 ? 1 : 7;
      return seconds * evaluationPeriods > days * DAY_SECONDS
        ? `an alarm may look back ${days} day(s) at a period of ${seconds} s, got ${evaluationPeriods} periods`
        : undefined;
    },
    fix: "use fewer periods",
  },
  {
    code: "ALARM_CANNOT_FIRE",
    problem: ({ comparisonOperator: operator, threshold, metric }) => {
      const [least, most] = metric.range;
      if (canExceed(operator, threshold, least, most)) return undefined;
      return `${metric.title} is ${least} to ${most}, so it is never ${operator} ${threshold}`;
    },
    fix: "use a threshold in that range (a share of 5 % is 0.05), or another statistic",
  },
];

/** Records each property of an alarm that CloudWatch would refuse, or that keeps it silent for ever. */
export function checkAlarm(scope: IConstruct, subject: AlarmSubject): void {
  runChecks(scope, CHECKS, subject);
}

function canExceed(operator: ComparisonOperator, threshold: number, least: number, most: number): boolean {
  const rules: Record<ComparisonOperator, boolean> = {
    GreaterThanOrEqualToThreshold: threshold <= most,
    GreaterThanThreshold: threshold < most,
    LessThanOrEqualToThreshold: threshold >= least,
    LessThanThreshold: threshold > least,
  };
  return rules[operator];
}

function isPositiveInteger(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
