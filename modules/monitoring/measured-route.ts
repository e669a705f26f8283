import { Construct } from "constructs";
import type { IStage } from "../rest-api/existing-stage";
import { type ApiMetricName, apiMetric } from "./api-metric";
import { cacheHitRatio } from "./cache-hit-ratio";
import type { MathExpression, MathExpressionOptions } from "./math-expression";
import type { Metric, MetricOptions } from "./metric";
import type { MetricScope } from "./metric-source";

/** A route, which has metrics of its own on each stage with detailed metrics (`metricsEnabled`). */
export abstract class MeasuredRoute extends Construct {
  /** Whose requests are measured. */
  protected abstract measuredOn(stage: IStage): MetricScope;

  /** Any metric of API Gateway. */
  metric(metricName: ApiMetricName, stage: IStage, options: MetricOptions = {}): Metric {
    return apiMetric(this.measuredOn(stage), metricName, options);
  }

  /** Answers 400 to 499: how many, or with the statistic `Average` which share. */
  metricClientError(stage: IStage, options: MetricOptions = {}): Metric {
    return this.metric("4XXError", stage, options);
  }

  /** Answers 500 to 599: how many, or with the statistic `Average` which share. */
  metricServerError(stage: IStage, options: MetricOptions = {}): Metric {
    return this.metric("5XXError", stage, options);
  }

  /** Requests answered from the cache. */
  metricCacheHitCount(stage: IStage, options: MetricOptions = {}): Metric {
    return this.metric("CacheHitCount", stage, options);
  }

  /** Requests answered by the backend although answers are cached. */
  metricCacheMissCount(stage: IStage, options: MetricOptions = {}): Metric {
    return this.metric("CacheMissCount", stage, options);
  }

  /** Share of the requests to cached answers that the cache answered, 0 to 1. Nothing comes out while there are none. */
  metricCacheHitRatio(stage: IStage, options: MathExpressionOptions = {}): MathExpression {
    return cacheHitRatio(this.metricCacheHitCount(stage), this.metricCacheMissCount(stage), options);
  }

  /** Requests. */
  metricCount(stage: IStage, options: MetricOptions = {}): Metric {
    return this.metric("Count", stage, options);
  }

  /** Milliseconds that backends took. */
  metricIntegrationLatency(stage: IStage, options: MetricOptions = {}): Metric {
    return this.metric("IntegrationLatency", stage, options);
  }

  /** Milliseconds from request to answer. */
  metricLatency(stage: IStage, options: MetricOptions = {}): Metric {
    return this.metric("Latency", stage, options);
  }
}
