import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { checkAlarm } from "../checks/alarm-checks";
import { environmentOf } from "../environment";
import { boundedName, namePart } from "../naming";
import { attributeText, attributeTexts } from "../terraform-text";
import type { Metric } from "./metric";
import { isPercentile } from "./statistic";

/** How a value is compared with the threshold. */
export const ComparisonOperator = {
  GREATER_THAN_OR_EQUAL_TO_THRESHOLD: "GreaterThanOrEqualToThreshold",
  GREATER_THAN_THRESHOLD: "GreaterThanThreshold",
  LESS_THAN_OR_EQUAL_TO_THRESHOLD: "LessThanOrEqualToThreshold",
  LESS_THAN_THRESHOLD: "LessThanThreshold",
} as const;
/** One of the ways. */
export type ComparisonOperator = (typeof ComparisonOperator)[keyof typeof ComparisonOperator];

/** What a period without data counts as. */
export const TreatMissingData = {
  BREACHING: "breaching",
  IGNORE: "ignore",
  MISSING: "missing",
  NOT_BREACHING: "notBreaching",
} as const;
/** One of the ways. */
export type TreatMissingData = (typeof TreatMissingData)[keyof typeof TreatMissingData];

/** Whom an alarm tells: a plain cdktf `SnsTopic`, or anything else with an ARN that alarms can act on. */
export interface AlarmAction {
  readonly arn: string;
}

/** When an alarm fires, and what happens then. */
export interface CreateAlarmOptions {
  /** In the unit of the metric: milliseconds, requests, or a share of 0 to 1. */
  readonly threshold: number;
  /** How many of the latest periods are looked at. */
  readonly evaluationPeriods: number;
  /**
   * How many of them must breach the threshold.
   * @default - all
   */
  readonly datapointsToAlarm?: number;
  /** @default ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparisonOperator?: ComparisonOperator;
  /**
   * @default - not breaching: without requests there are no data; but breaching where too few requests are the alarm
   */
  readonly treatMissingData?: TreatMissingData;
  /**
   * Unique in account and region: CloudWatch overwrites another alarm of the same name.
   * @default - made of the construct's path
   */
  readonly alarmName?: string;
  /** @default - no description */
  readonly alarmDescription?: string;
  /**
   * At most 5. More come by `addAlarmAction`.
   * @default - nobody is told
   */
  readonly alarmActions?: readonly AlarmAction[];
  /**
   * At most 5, when all is well again. More come by `addOkAction`.
   * @default - nobody is told
   */
  readonly okActions?: readonly AlarmAction[];
  /**
   * False keeps the alarm quiet.
   * @default true
   */
  readonly actionsEnabled?: boolean;
}

/** `CreateAlarmOptions` with the metric that is watched. */
export interface AlarmProps extends CreateAlarmOptions {
  readonly metric: Metric;
}

/** An alarm of CloudWatch. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export class Alarm extends Construct {
  readonly metric: Metric;
  /** A literal of at most 255 characters. */
  readonly alarmName: string;
  /** `aws_cloudwatch_metric_alarm`. */
  readonly alarm: CloudwatchMetricAlarm;
  private readonly alarmActions: AlarmAction[];
  private readonly okActions: AlarmAction[];

  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { metric, comparisonOperator = "GreaterThanOrEqualToThreshold" } = props;
    checkAlarm(this, { ...props, comparisonOperator });
    this.metric = metric;
    this.alarmName = props.alarmName ?? boundedName(namePart(this.node.path), 255);
    this.alarmActions = [...(props.alarmActions ?? [])];
    this.okActions = [...(props.okActions ?? [])];
    this.alarm = new CloudwatchMetricAlarm(this, "Resource", {
      alarmName: attributeText(this, this.alarmName),
      ...(props.alarmDescription === undefined
        ? {}
        : { alarmDescription: attributeText(this, props.alarmDescription) }),
      namespace: attributeText(this, metric.namespace),
      metricName: attributeText(this, metric.metricName),
      dimensions: attributeTexts(this, metric.dimensions),
      ...(isPercentile(metric.statistic) ? { extendedStatistic: metric.statistic } : { statistic: metric.statistic }),
      period: metric.period.toSeconds(),
      comparisonOperator,
      threshold: props.threshold,
      evaluationPeriods: props.evaluationPeriods,
      datapointsToAlarm: props.datapointsToAlarm ?? props.evaluationPeriods,
      treatMissingData: props.treatMissingData ?? missingData(comparisonOperator, metric),
      ...(props.actionsEnabled === undefined ? {} : { actionsEnabled: props.actionsEnabled }),
      alarmActions: Lazy.listValue({ produce: () => arnsOf(this.alarmActions) }, { omitEmpty: true }),
      okActions: Lazy.listValue({ produce: () => arnsOf(this.okActions) }, { omitEmpty: true }),
    });
    this.node.addValidation({ validate: () => [...this.tooManyActions(), ...this.metricProblems()] });
  }

  /** A literal, unless the account is a data source. */
  get alarmArn(): string {
    const { partition, region, accountId } = environmentOf(this);
    return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${this.alarmName}`;
  }

  /** Tells others, too, when the alarm fires. */
  addAlarmAction(...actions: readonly AlarmAction[]): void {
    this.alarmActions.push(...actions);
  }

  /** Tells others, too, when all is well again. */
  addOkAction(...actions: readonly AlarmAction[]): void {
    this.okActions.push(...actions);
  }

  private metricProblems(): string[] {
    return this.metric.source?.problems(this.node.path) ?? [];
  }

  private tooManyActions(): string[] {
    return [this.alarmActions, this.okActions]
      .filter(({ length }) => length > 5)
      .map(({ length }) => {
        const problem = `an alarm may have 5 actions for each state, got ${length}`;
        const fix = "let them subscribe to one topic";
        return new ConfigurationError("ALARM_ACTIONS_TOO_MANY", this.node.path, problem, fix).message;
      });
  }
}

/** Silence is the least number of requests, and says nothing about shares or latencies. */
function missingData(operator: ComparisonOperator, { statistic }: Metric): TreatMissingData {
  const isCount = statistic === "Sum" || statistic === "SampleCount";
  return isCount && operator.startsWith("Less") ? "breaching" : "notBreaching";
}

function arnsOf(actions: readonly AlarmAction[]): string[] {
  return [...new Set(actions.map(({ arn }) => arn))];
}
