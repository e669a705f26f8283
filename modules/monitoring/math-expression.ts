import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { Duration } from "../duration";
import { Alarm, type CreateAlarmOptions } from "./alarm";
import type { Metric } from "./metric";
import type { MetricSource } from "./metric-source";

/** How an expression is looked at. */
export interface MathExpressionOptions {
  /**
   * Whole minutes. It takes the place of the metrics' own.
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;
  /**
   * Name in graphs.
   * @default - the expression
   */
  readonly label?: string;
}

/** What is computed, from what. */
export interface MathExpressionProps extends MathExpressionOptions {
  /** In CloudWatch's metric math, of the names in `usingMetrics`: `hits / (hits + misses)`. */
  readonly expression: string;
  /** At most 9, by names that begin with a small letter. */
  readonly usingMetrics: Readonly<Record<string, Metric>>;
  /**
   * Least and most that can come out: an alarm on what never does is refused.
   * @default - any number
   */
  readonly range?: readonly [least: number, most: number];
}

/** Id of what comes out, among those of the metrics. */
const RESULT = "result";
/** An alarm takes 10 metrics and expressions. */
const MOST_METRICS = 9;

/**
 * A value that CloudWatch computes from several metrics, as data. Throws `METRIC_EXPRESSION_INVALID`.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export class MathExpression {
  readonly expression: string;
  readonly usingMetrics: Readonly<Record<string, Metric>>;
  readonly period: Duration;
  readonly label: string | undefined;
  readonly range: readonly [least: number, most: number];

  constructor(private readonly props: MathExpressionProps) {
    this.expression = props.expression;
    this.usingMetrics = props.usingMetrics;
    this.period = props.period ?? Duration.minutes(5);
    this.label = props.label;
    this.range = props.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    refuseNames(props);
  }

  /** What all metrics of it need. */
  get source(): MetricSource {
    const sources = Object.values(this.usingMetrics).flatMap(({ source }) => source ?? []);
    return { problems: (place) => sources.flatMap((source) => source.problems(place)) };
  }

  /** As it stands in messages. */
  get title(): string {
    return this.expression;
  }

  /** The same value, looked at in another way. */
  with(options: MathExpressionOptions): MathExpression {
    return new MathExpression({ ...this.props, ...options });
  }

  /** An alarm on this value. What the metrics need is checked as in `Metric.createAlarm`. */
  createAlarm(scope: Construct, id: string, options: CreateAlarmOptions): Alarm {
    return new Alarm(scope, id, { ...options, metric: this });
  }

  /** Metrics and expression with their ids, the expression last. */
  get queries(): readonly (
    | { readonly id: string; readonly metric: Metric }
    | { readonly id: string; readonly expression: string }
  )[] {
    const metrics = Object.entries(this.usingMetrics).map(([id, metric]) => ({
      id,
      metric: metric.with({ period: this.period }),
    }));
    return [...metrics, { id: RESULT, expression: this.expression }];
  }
}

function refuseNames({ expression, usingMetrics }: MathExpressionProps): void {
  const names = Object.keys(usingMetrics);
  const odd = names.find((name) => !/^[a-z]\w*$/.test(name) || name === RESULT);
  const unused = names.find((name) => !new RegExp(`\\b${name}\\b`).test(expression));
  const problem =
    odd !== undefined
      ? `a metric of an expression is named by a small letter and letters, digits, "_", and not "${RESULT}", got "${odd}"`
      : unused !== undefined
        ? `the expression "${expression}" does not use "${unused}"`
        : names.length === 0 || names.length > MOST_METRICS
          ? `an expression is computed from 1 to ${MOST_METRICS} metrics, got ${names.length}`
          : undefined;
  if (problem === undefined) return;
  throw new ConfigurationError(
    "METRIC_EXPRESSION_INVALID",
    "MathExpression",
    problem,
    'name metrics as in { expression: "hits / (hits + misses)", usingMetrics: { hits, misses } }',
  );
}
