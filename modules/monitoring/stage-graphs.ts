import type { Stage } from "../rest-api/stage";
import { type GraphSettings, graph, graphByRoute, type Widget } from "./dashboard-widgets";
import type { Metric } from "./metric";
import { dimensionOf } from "./metric-source";
import { ThrottledRequests } from "./throttled-requests";

/**
 * The graphs of one stage: requests, errors and latencies; the cache and the routes where they are measured.
 * @param isNamed true puts the stage's name into the titles
 */
export function stageGraphs(stage: Stage, settings: GraphSettings, isNamed: boolean): readonly Widget[] {
  const titled = (title: string) => (isNamed ? `${stage.stageName}: ${title}` : title);
  const show = (title: string, ...metrics: readonly Metric[]) => graph(titled(title), metrics, settings);
  const throttled = throttledRequests(stage)?.metric({ label: "throttled" });
  return [
    show("Requests", stage.metricCount({ label: "requests" }), ...(throttled === undefined ? [] : [throttled])),
    show(
      "Share of errors",
      stage.metricServerError({ statistic: "Average", label: "5XX" }),
      stage.metricClientError({ statistic: "Average", label: "4XX" }),
    ),
    show("Latency (ms)", ...spread(stage.metricLatency())),
    show("Latency of backends (ms)", ...spread(stage.metricIntegrationLatency())),
    ...(isCached(stage)
      ? [show("Cache", stage.metricCacheHitCount({ label: "hits" }), stage.metricCacheMissCount({ label: "misses" }))]
      : []),
    ...(isDetailed(stage) ? graphsByRoute(stage, settings, titled) : []),
  ];
}

/** The counter of throttled requests, where the access log can be counted. */
export function throttledRequests(stage: Stage): ThrottledRequests | undefined {
  return ThrottledRequests.isPossible(stage) ? ThrottledRequests.of(stage) : undefined;
}

/** The routes of an API of elsewhere are not known: it is cached where there is a cluster. */
function isCached(stage: Stage): boolean {
  return stage.isAnythingCached || (!stage.api.knowsItsRoutes && stage.cacheCluster !== undefined);
}

function isDetailed(stage: Stage): boolean {
  if (!stage.api.knowsItsRoutes && stage.options.metricsEnabled === true) return true;
  return stage.api.methods.some((method) => stage.settingsOf(method).metricsEnabled);
}

function graphsByRoute(
  { api, stageName }: Stage,
  settings: GraphSettings,
  titled: (title: string) => string,
): readonly Widget[] {
  const place = { apiName: dimensionOf(api), stageName };
  return [
    graphByRoute(titled("Requests by route"), { metricName: "Count", statistic: "SampleCount" }, place, settings),
    graphByRoute(titled("Errors 5XX by route"), { metricName: "5XXError", statistic: "Sum" }, place, settings),
    graphByRoute(titled("Latency by route (p99, ms)"), { metricName: "Latency", statistic: "p99" }, place, settings),
  ];
}

function spread(latency: Metric): readonly Metric[] {
  return (["p50", "p90", "p99"] as const).map((statistic) => latency.with({ statistic, label: statistic }));
}
