import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { checkAlarm } from "../checks/alarm-checks";
import { environmentOf } from "../environment";
import { boundedName, namePart } from "../naming";
import { attributeText, attributeTexts, templateText } from "../terraform-text";
import { type AlarmAction, actionArns, actionProblems } from "./alarm-actions";
import type { MathExpression } from "./math-expression";
import type { Metric } from "./metric";
import { isPercentile } from "./statistic";

export type { AlarmAction };

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

/** What an alarm can watch. */
export type AlarmMetric = Metric | MathExpression;

/** `CreateAlarmOptions` with what is watched. */
export interface AlarmProps extends CreateAlarmOptions {
  /** A metric, or an expression of several. */
  readonly metric: AlarmMetric;
}

/** An alarm of CloudWatch. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export class Alarm extends Construct {
  readonly metric: AlarmMetric;
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
      ...("expression" in metric ? computed(this, metric) : measured(this, metric)),
      comparisonOperator,
      threshold: props.threshold,
      evaluationPeriods: props.evaluationPeriods,
      datapointsToAlarm: props.datapointsToAlarm ?? props.evaluationPeriods,
      treatMissingData: props.treatMissingData ?? missingData(comparisonOperator, metric),
      ...(props.actionsEnabled === undefined ? {} : { actionsEnabled: props.actionsEnabled }),
      alarmActions: Lazy.listValue({ produce: () => this.arnsOf(this.alarmActions) }, { omitEmpty: true }),
      okActions: Lazy.listValue({ produce: () => this.arnsOf(this.okActions) }, { omitEmpty: true }),
    });
    this.node.addValidation({ validate: () => this.problems() });
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

  /** cdktf knows a reference into another stack by its object, and these are new ones whenever they are asked for. */
  private arnsOf(actions: readonly AlarmAction[]): string[] {
    return actionArns(actions).map((arn) => templateText(this, arn).text);
  }

  private problems(): string[] {
    const { path } = this.node;
    return [
      ...actionProblems(path, [this.alarmActions, this.okActions]),
      ...(this.metric.source?.problems(path) ?? []),
    ];
  }
}

function measured(
  scope: Construct,
  metric: Metric,
): Pick<
  CloudwatchMetricAlarmConfig,
  "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "period"
> {
  const { statistic } = metric;
  return {
    namespace: attributeText(scope, metric.namespace),
    metricName: attributeText(scope, metric.metricName),
    dimensions: attributeTexts(scope, metric.dimensions),
    ...(isPercentile(statistic) ? { extendedStatistic: statistic } : { statistic }),
    period: metric.period.toSeconds(),
  };
}

function computed(scope: Construct, math: MathExpression): Pick<CloudwatchMetricAlarmConfig, "metricQuery"> {
  return {
    metricQuery: math.queries.map((query) =>
      "expression" in query
        ? { id: query.id, expression: query.expression, label: math.label ?? query.expression, returnData: true }
        : {
            id: query.id,
            metric: {
              namespace: attributeText(scope, query.metric.namespace),
              metricName: attributeText(scope, query.metric.metricName),
              dimensions: attributeTexts(scope, query.metric.dimensions),
              stat: query.metric.statistic,
              period: query.metric.period.toSeconds(),
            },
            returnData: false,
          },
    ),
  };
}

/** Silence is the least number of requests, and says nothing about shares or latencies. */
function missingData(operator: ComparisonOperator, metric: AlarmMetric): TreatMissingData {
  const isCount = "statistic" in metric && (metric.statistic === "Sum" || metric.statistic === "SampleCount");
  return isCount && operator.startsWith("Less") ? "breaching" : "notBreaching";
}
