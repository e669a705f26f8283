import { Construct } from "constructs";
import { type ApiMetricName, apiMetric } from "./api-metric";
import { cacheHitRatio } from "./cache-hit-ratio";
import type { MathExpression, MathExpressionOptions } from "./math-expression";
import type { Metric, MetricOptions } from "./metric";
import type { MetricScope } from "./metric-source";

/** A construct with metrics of its own: an API or a stage. */
export abstract class Measured extends Construct {
  /** Whose requests are measured. */
  protected abstract get measured(): MetricScope;

  /** Any metric of API Gateway. */
  metric(metricName: ApiMetricName, options: MetricOptions = {}): Metric {
    return apiMetric(this.measured, metricName, options);
  }

  /** Answers 400 to 499: how many, or with the statistic `Average` which share. */
  metricClientError(options: MetricOptions = {}): Metric {
    return this.metric("4XXError", options);
  }

  /** Answers 500 to 599: how many, or with the statistic `Average` which share. */
  metricServerError(options: MetricOptions = {}): Metric {
    return this.metric("5XXError", options);
  }

  /** Requests answered from the cache. */
  metricCacheHitCount(options: MetricOptions = {}): Metric {
    return this.metric("CacheHitCount", options);
  }

  /** Requests answered by the backend although answers are cached. */
  metricCacheMissCount(options: MetricOptions = {}): Metric {
    return this.metric("CacheMissCount", options);
  }

  /**
   * Share of the requests to cached routes that the cache answered, 0 to 1; nothing comes out while there are none. The
   * average of `CacheHitCount` is another share: that of all requests, also to routes that are not cached.
   */
  metricCacheHitRatio(options: MathExpressionOptions = {}): MathExpression {
    return cacheHitRatio(this.metricCacheHitCount(), this.metricCacheMissCount(), options);
  }

  /** Requests. */
  metricCount(options: MetricOptions = {}): Metric {
    return this.metric("Count", options);
  }

  /** Milliseconds that backends took. */
  metricIntegrationLatency(options: MetricOptions = {}): Metric {
    return this.metric("IntegrationLatency", options);
  }

  /** Milliseconds from request to answer. */
  metricLatency(options: MetricOptions = {}): Metric {
    return this.metric("Latency", options);
  }
}
