import type { Json, JsonObject } from "../../definition/json";
import { API_GATEWAY_NAMESPACE, type ApiMetricName } from "./api-metric";
import type { Metric } from "./metric";
import type { Statistic } from "./statistic";

/** Columns of a dashboard. */
const COLUMNS = 24;
const ALARM_ROWS = 3;
const GRAPH = { width: 12, height: 6 } as const;

/**
 * A widget without its place.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface Widget {
  readonly type: "alarm" | "metric";
  readonly properties: JsonObject;
}

/** An alarm of metrics, or of other alarms. */
export interface AlarmOnDashboard {
  readonly alarmArn: string;
}

/** What all graphs of a dashboard share. */
export interface GraphSettings {
  readonly region: string;
  readonly periodSeconds: number;
}

/** A graph of metrics. */
export function graph(title: string, metrics: readonly Metric[], settings: GraphSettings): Widget {
  const lines = metrics.map(({ namespace, metricName, dimensions, statistic, label }) => [
    namespace,
    metricName,
    ...Object.entries(dimensions).flat(),
    { stat: statistic, ...(label === undefined ? {} : { label }) },
  ]);
  return timeSeries(title, lines, settings);
}

/** A graph with a line for each route, whichever routes there are: AWS limits how many metrics a dashboard may name. */
export function graphByRoute(
  title: string,
  { metricName, statistic }: { readonly metricName: ApiMetricName; readonly statistic: Statistic },
  place: { readonly apiName: string; readonly stageName: string },
  settings: GraphSettings,
): Widget {
  const terms = `MetricName="${metricName}" ApiName="${quoted(place.apiName)}" Stage="${place.stageName}"`;
  const schema = `{${API_GATEWAY_NAMESPACE},ApiName,Method,Resource,Stage}`;
  const expression = `SEARCH('${schema} ${terms}', '${statistic}', ${settings.periodSeconds})`;
  const label = "${PROP('Dim.Method')} ${PROP('Dim.Resource')}";
  return timeSeries(title, [[{ id: "routes", expression, label }]], settings);
}

function timeSeries(title: string, metrics: readonly Json[], { region, periodSeconds }: GraphSettings): Widget {
  return {
    type: "metric",
    properties: {
      title,
      region,
      view: "timeSeries",
      period: periodSeconds,
      yAxis: { left: { min: 0 } },
      metrics,
    },
  };
}

/** The state of alarms. */
export function alarmStatus(alarms: readonly AlarmOnDashboard[]): Widget {
  return { type: "alarm", properties: { title: "Alarms", alarms: alarms.map(({ alarmArn }) => alarmArn) } };
}

/** Widgets with their places: alarms over the whole width, graphs side by side below. */
export function arrange(widgets: readonly Widget[]): Json {
  const alarms = widgets.filter(({ type }) => type === "alarm");
  const graphs = widgets.filter(({ type }) => type === "metric");
  const perRow = COLUMNS / GRAPH.width;
  return [
    ...alarms.map(({ type, properties }, index) => {
      return { type, properties, x: 0, y: index * ALARM_ROWS, width: COLUMNS, height: ALARM_ROWS };
    }),
    ...graphs.map(({ type, properties }, index) => {
      const y = alarms.length * ALARM_ROWS + Math.floor(index / perRow) * GRAPH.height;
      return { type, properties, x: (index % perRow) * GRAPH.width, y, ...GRAPH };
    }),
  ];
}

/** A term of a search, between double quotes and inside of single ones. */
function quoted(text: string): string {
  return text.replaceAll(/["'\\]/g, (character) => `\\${character}`);
}
