import type { Construct } from "constructs";
import { Duration } from "../duration";
import { Alarm, type CreateAlarmOptions } from "./alarm";
import type { MetricSource } from "./metric-source";
import type { Statistic } from "./statistic";

/** Metrics whose values are 0 or 1 for each request: only their sum can be more. */
const SHARES: readonly string[] = ["4XXError", "5XXError", "CacheHitCount", "CacheMissCount"];

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
  /** `AWS/ApiGateway`, or that of whoever sends it. */
  readonly namespace: string;
  /** In the spelling of whoever sends it. */
  readonly metricName: string;
  /**
   * All of those that it is sent with: with fewer, it is another metric.
   * @default - no dimensions
   */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** How the values of one period become one. */
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

  /** As it stands in messages. */
  get title(): string {
    return `the ${this.statistic} of ${this.metricName}`;
  }

  /** Least and most that it can be. */
  get range(): readonly [least: number, most: number] {
    const isCount = this.statistic === "Sum" || this.statistic === "SampleCount";
    return [0, SHARES.includes(this.metricName) && !isCount ? 1 : Number.POSITIVE_INFINITY];
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
