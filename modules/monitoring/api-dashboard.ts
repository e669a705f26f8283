import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import { Duration } from "../duration";
import { environmentOf } from "../environment";
import { boundedName } from "../naming";
import type { RestApiBase } from "../rest-api/rest-api-base";
import type { Stage } from "../rest-api/stage";
import { templateDocument } from "../terraform-text";
import type { Alarm } from "./alarm";
import { alarmStatus, arrange, type GraphSettings, graph, graphByRoute, type Widget } from "./dashboard-widgets";
import type { Metric } from "./metric";
import { dimensionOf } from "./metric-source";
import { ThrottledRequests } from "./throttled-requests";

/** What a dashboard shows. */
export interface ApiDashboardProps {
  readonly api: RestApiBase;
  /** @default - the API's own stage */
  readonly stage?: Stage;
  /**
   * 1 to 255 letters, digits, `-` and `_`; unique in the account.
   * @default - made of the construct's path
   */
  readonly dashboardName?: string;
  /**
   * Alarms whose state is shown on top.
   * @default - no alarms
   */
  readonly alarms?: readonly Alarm[];
  /**
   * Width of a point in graphs, in whole minutes.
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;
}

/**
 * A dashboard of CloudWatch for one stage: requests, errors, latencies; the cache where answers are cached, throttled
 * requests where the access log can be counted, and routes where they have metrics of their own.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
export class ApiDashboard extends Construct {
  /** A literal. */
  readonly dashboardName: string;
  /** `aws_cloudwatch_dashboard`. */
  readonly dashboard: CloudwatchDashboard;
  private readonly stage: Stage;
  private readonly throttled: ThrottledRequests | undefined;
  private readonly settings: GraphSettings;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiDashboardProps,
  ) {
    super(scope, id);
    this.stage = props.stage ?? props.api.deploymentStage;
    this.dashboardName = props.dashboardName ?? boundedName(this.node.path.replaceAll(/[^A-Za-z0-9_-]+/g, "-"), 255);
    this.throttled = ThrottledRequests.isPossible(this.stage) ? ThrottledRequests.of(this.stage) : undefined;
    this.settings = {
      region: environmentOf(this).region,
      periodSeconds: (props.period ?? Duration.minutes(5)).toMilliseconds() / 1000,
    };
    this.refuse();
    this.dashboard = new CloudwatchDashboard(this, "Resource", {
      dashboardName: this.dashboardName,
      // Routes that come later bring caches and metrics.
      dashboardBody: Lazy.stringValue({ produce: () => this.body() }),
    });
    this.node.addValidation({ validate: () => this.stage.metricCount().source?.problems(this.node.path) ?? [] });
  }

  private body(): string {
    return canonicalJson(templateDocument(this, { widgets: arrange(this.widgets()) }).document);
  }

  private widgets(): readonly Widget[] {
    const { alarms = [] } = this.props;
    return [
      ...(alarms.length === 0 ? [] : [alarmStatus(alarms)]),
      this.graph("Requests", this.stage.metricCount({ label: "requests" }), ...this.throttledMetric()),
      this.graph(
        "Share of errors",
        this.stage.metricServerError({ statistic: "Average", label: "5XX" }),
        this.stage.metricClientError({ statistic: "Average", label: "4XX" }),
      ),
      this.graph("Latency (ms)", ...spread(this.stage.metricLatency())),
      this.graph("Latency of backends (ms)", ...spread(this.stage.metricIntegrationLatency())),
      ...this.cache(),
      ...this.routes(),
    ];
  }

  private graph(title: string, ...metrics: readonly Metric[]): Widget {
    return graph(title, metrics, this.settings);
  }

  private throttledMetric(): readonly Metric[] {
    return this.throttled === undefined ? [] : [this.throttled.metric({ label: "throttled" })];
  }

  private cache(): readonly Widget[] {
    if (!this.stage.api.methods.some((method) => this.stage.settingsOf(method).cachingEnabled)) return [];
    const hits = this.stage.metricCacheHitCount({ label: "hits" });
    return [this.graph("Cache", hits, this.stage.metricCacheMissCount({ label: "misses" }))];
  }

  private routes(): readonly Widget[] {
    const { api, stageName } = this.stage;
    if (!api.methods.some((method) => this.stage.settingsOf(method).metricsEnabled)) return [];
    const place = { apiName: dimensionOf(api), stageName };
    return [
      graphByRoute("Requests by route", { metricName: "Count", statistic: "SampleCount" }, place, this.settings),
      graphByRoute("Errors 5XX by route", { metricName: "5XXError", statistic: "Sum" }, place, this.settings),
      graphByRoute("Latency by route (p99, ms)", { metricName: "Latency", statistic: "p99" }, place, this.settings),
    ];
  }

  private refuse(): void {
    const { dashboardName, settings, stage, props } = this;
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName)) {
      const problem = `dashboardName must be 1 to 255 letters, digits, "-" and "_", got "${dashboardName}"`;
      throw new ConfigurationError("DASHBOARD_NAME_INVALID", this.node.path, problem, 'use a name such as "orders"');
    }
    if (!(settings.periodSeconds > 0) || settings.periodSeconds % 60 !== 0) {
      const problem = `the period of a dashboard must be whole minutes, got ${settings.periodSeconds} s`;
      throw new ConfigurationError("DASHBOARD_PERIOD_INVALID", this.node.path, problem, "use Duration.minutes(5)");
    }
    if (stage.api !== props.api) {
      const problem = `the stage "${stage.stageName}" is one of another API than "${props.api.restApiName}"`;
      throw new ConfigurationError("METRIC_STAGE_FOREIGN", this.node.path, problem, "pass a stage of the same API");
    }
  }
}

function spread(latency: Metric): readonly Metric[] {
  return (["p50", "p90", "p99"] as const).map((statistic) => latency.with({ statistic, label: statistic }));
}
