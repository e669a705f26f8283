import type { Construct } from "constructs";
import { Duration } from "../duration";
import { Alarm, type CreateAlarmOptions } from "./alarm";
import type { MetricSource } from "./metric-source";
import type { Statistic } from "./statistic";

/** How a metric is looked at. */
export interface MetricOptions {
  /** @default - what fits the metric: sums of errors and cache hits, the number of requests, averages of latencies */
  readonly statistic?: Statistic;
  /**
   * Whole minutes: API Gateway sends its metrics every minute.
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;
  /**
   * Name in graphs.
   * @default - name of the metric
   */
  readonly label?: string;
}

/** What identifies a metric, and how it is looked at. */
export interface MetricProps extends MetricOptions {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
}

/** A metric of CloudWatch, as data. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html */
export class Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
  readonly period: Duration;
  readonly label: string | undefined;

  /**
   * @param source what must be set so that the metric is sent at all; without it nothing is checked
   */
  constructor(
    props: MetricProps,
    readonly source?: MetricSource,
  ) {
    this.namespace = props.namespace;
    this.metricName = props.metricName;
    this.dimensions = { ...props.dimensions };
    this.statistic = props.statistic;
    this.period = props.period ?? Duration.minutes(5);
    this.label = props.label;
  }

  /** The same metric, looked at in another way. */
  with(options: MetricOptions): Metric {
    const { label = this.label, ...props } = { ...this, ...options };
    return new Metric({ ...props, ...(label === undefined ? {} : { label }) }, this.source);
  }

  /**
   * An alarm on this metric. A metric that the stage's settings do not produce is refused at synth
   * (`METRIC_NEEDS_DETAIL`, `METRIC_NEEDS_CACHE`), and so is one that two APIs share (`METRIC_SHARED_BY_NAME`).
   */
  createAlarm(scope: Construct, id: string, options: CreateAlarmOptions): Alarm {
    return new Alarm(scope, id, { ...options, metric: this });
  }
}
