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
import { type AlarmOnDashboard, alarmStatus, arrange, type GraphSettings, type Widget } from "./dashboard-widgets";
import { stageGraphs, throttledRequests } from "./stage-graphs";
import { watchedStage } from "./watched-stage";

/** What a dashboard shows. */
export interface ApiDashboardProps {
  /** The API that is shown. */
  readonly api: RestApiBase;
  /**
   * One stage, or several, whose graphs follow each other and have the stage's name in their titles.
   * @default - the API's own stage
   */
  readonly stage?: Stage | readonly Stage[];
  /**
   * 1 to 255 letters, digits, `-` and `_`; unique in the account.
   * @default - made of the construct's path
   */
  readonly dashboardName?: string;
  /**
   * Alarms, `AvailabilityAlarm` too, whose state is shown on top.
   * @default - no alarms
   */
  readonly alarms?: readonly AlarmOnDashboard[];
  /**
   * Width of a point in graphs, in whole minutes.
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;
}

/**
 * A dashboard of CloudWatch for an API: of each stage the requests, errors, latencies; the cache where answers are cached, throttled
 * requests where the access log can be counted, and routes where they have metrics of their own.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
export class ApiDashboard extends Construct {
  /** A literal. */
  readonly dashboardName: string;
  /** `aws_cloudwatch_dashboard`. */
  readonly dashboard: CloudwatchDashboard;
  private readonly stages: readonly Stage[];
  private readonly settings: GraphSettings;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiDashboardProps,
  ) {
    super(scope, id);
    this.stages = stagesOn(this, props);
    this.dashboardName = props.dashboardName ?? boundedName(this.node.path.replaceAll(/[^A-Za-z0-9_-]+/g, "-"), 255);
    this.settings = {
      region: environmentOf(this).region,
      periodSeconds: (props.period ?? Duration.minutes(5)).toMilliseconds() / 1000,
    };
    this.refuse();
    // Made now, as nothing can be added to the tree while it is synthesized.
    for (const stage of this.stages) throttledRequests(stage);
    this.dashboard = new CloudwatchDashboard(this, "Resource", {
      dashboardName: this.dashboardName,
      // Routes that come later bring caches and metrics.
      dashboardBody: Lazy.stringValue({ produce: () => this.body() }),
    });
    const problems = () => this.stages.flatMap((it) => it.metricCount().source?.problems(this.node.path) ?? []);
    this.node.addValidation({ validate: () => [...new Set(problems())] });
  }

  private body(): string {
    const { alarms = [] } = this.props;
    const widgets = [...(alarms.length === 0 ? [] : [alarmStatus(alarms)]), ...this.graphs()];
    return canonicalJson(templateDocument(this, { widgets: arrange(widgets) }).document);
  }

  private graphs(): readonly Widget[] {
    return this.stages.flatMap((stage) => stageGraphs(stage, this.settings, this.stages.length > 1));
  }

  private refuse(): void {
    const { dashboardName, settings } = this;
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName)) {
      const problem = `dashboardName must be 1 to 255 letters, digits, "-" and "_", got "${dashboardName}"`;
      throw new ConfigurationError("DASHBOARD_NAME_INVALID", this.node.path, problem, 'use a name such as "orders"');
    }
    if (!(settings.periodSeconds > 0) || settings.periodSeconds % 60 !== 0) {
      const problem = `the period of a dashboard must be whole minutes, got ${settings.periodSeconds} s`;
      throw new ConfigurationError("DASHBOARD_PERIOD_INVALID", this.node.path, problem, "use Duration.minutes(5)");
    }
  }
}

function stagesOn(scope: Construct, { api, stage }: ApiDashboardProps): readonly Stage[] {
  const stages = stage === undefined ? [api.deploymentStage] : "stageName" in stage ? [stage] : stage;
  return stages.map((it) => watchedStage(scope, { api, stage: it }));
}
