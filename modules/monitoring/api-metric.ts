import { ConfigurationError } from "../../definition/configuration-error";
import { Metric, type MetricOptions } from "./metric";
import { dimensionOf, gatewaySource, type MetricScope } from "./metric-source";
import { checkStatistic, type Statistic } from "./statistic";

/** What API Gateway measures of REST APIs, and the statistic that says most about it. */
const STATISTICS = {
  "4XXError": "Sum",
  "5XXError": "Sum",
  CacheHitCount: "Sum",
  CacheMissCount: "Sum",
  Count: "SampleCount",
  IntegrationLatency: "Average",
  Latency: "Average",
} as const satisfies Record<string, Statistic>;

/** Metrics of REST APIs. Latencies are in milliseconds; the average of errors and cache hits is their rate, 0 to 1. */
export type ApiMetricName = keyof typeof STATISTICS;

/** Namespace of all metrics that API Gateway sends. */
export const API_GATEWAY_NAMESPACE = "AWS/ApiGateway";

/**
 * A metric of an API, a stage or a route. REST APIs have the dimension `ApiName`, never `ApiId`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function apiMetric(scope: MetricScope, metricName: ApiMetricName, options: MetricOptions = {}): Metric {
  const { api, stage, method } = scope;
  if (stage !== undefined && stage.api !== api) {
    throw new ConfigurationError(
      "METRIC_STAGE_FOREIGN",
      api.node.path,
      `the stage "${stage.stageName}" (${stage.node.path}) is one of another API`,
      "pass a stage of the same API",
    );
  }
  if (api.restApiName === api.restApiId) {
    throw new ConfigurationError(
      "API_NAME_UNKNOWN",
      api.node.path,
      `CloudWatch keeps ${metricName} by the name of the API, and only its id is known`,
      "pass restApiName to RestApi.fromRestApiAttributes",
    );
  }
  const statistic = options.statistic ?? STATISTICS[metricName];
  checkStatistic(api.node.path, metricName, statistic);
  return new Metric(
    {
      ...options,
      namespace: API_GATEWAY_NAMESPACE,
      metricName,
      statistic,
      dimensions: {
        ApiName: dimensionOf(api),
        ...(method === undefined ? {} : { Method: method.httpMethod, Resource: method.resource.path }),
        ...(stage === undefined ? {} : { Stage: stage.stageName }),
      },
    },
    gatewaySource(metricName, scope),
  );
}
