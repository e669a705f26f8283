import { Construct } from "constructs";
import type { RestApiBase } from "../rest-api/rest-api-base";
import type { Stage } from "../rest-api/stage";
import type { Alarm, AlarmAction, CreateAlarmOptions } from "./alarm";
import type { Metric, MetricOptions } from "./metric";
import { ThrottledRequests } from "./throttled-requests";

/** What differs from the defaults of one alarm; false leaves it out. */
export type ApiAlarmChoice = false | (Partial<CreateAlarmOptions> & Pick<MetricOptions, "period" | "statistic">);

interface Preset {
  readonly id: string;
  readonly metric: (stage: Stage) => Metric;
  readonly threshold: number;
  readonly alarmDescription: string;
}

const PRESETS = {
  serverErrorRate: {
    id: "ServerErrorRate",
    metric: (stage) => stage.metricServerError({ statistic: "Average" }),
    threshold: 0.01,
    alarmDescription: "Too many answers are 500 to 599",
  },
  clientErrorRate: {
    id: "ClientErrorRate",
    metric: (stage) => stage.metricClientError({ statistic: "Average" }),
    threshold: 0.2,
    alarmDescription: "Too many answers are 400 to 499",
  },
  latency: {
    id: "Latency",
    metric: (stage) => stage.metricLatency({ statistic: "p99" }),
    threshold: 3000,
    alarmDescription: "The slowest answers take too long",
  },
  integrationLatency: {
    id: "IntegrationLatency",
    metric: (stage) => stage.metricIntegrationLatency({ statistic: "p99" }),
    threshold: 2500,
    alarmDescription: "The slowest backends take too long",
  },
  throttledRequests: {
    id: "ThrottledRequests",
    metric: (stage) => ThrottledRequests.of(stage).metric(),
    threshold: 10,
    alarmDescription: "Too many requests are answered 429",
  },
} as const satisfies Record<string, Preset>;

/** Names of the alarms of an API. */
export type ApiAlarmName = keyof typeof PRESETS;

/** Which stage is watched, who is told, and what differs from the defaults. */
export interface ApiAlarmsProps {
  readonly api: RestApiBase;
  /** @default - the API's own stage */
  readonly stage?: Stage;
  /**
   * Topics, or other things with an ARN, that all alarms tell when they fire.
   * @default - nobody is told
   */
  readonly alarmActions?: readonly AlarmAction[];
  /**
   * Those that are told when all is well again.
   * @default - nobody is told
   */
  readonly okActions?: readonly AlarmAction[];
  /** Share of answers 5XX. @default - 0.01 in 2 of 3 periods of 5 minutes */
  readonly serverErrorRate?: ApiAlarmChoice;
  /** Share of answers 4XX, throttled requests among them. @default - 0.2 in 2 of 3 periods of 5 minutes */
  readonly clientErrorRate?: ApiAlarmChoice;
  /** Milliseconds from request to answer. @default - p99 of 3000 in 2 of 3 periods of 5 minutes */
  readonly latency?: ApiAlarmChoice;
  /** Milliseconds that backends take. @default - p99 of 2500 in 2 of 3 periods of 5 minutes */
  readonly integrationLatency?: ApiAlarmChoice;
  /**
   * Answers 429, counted in the access log. Throws `THROTTLED_REQUESTS_NOT_LOGGED` when asked for on a stage whose access
   * log cannot be counted.
   * @default - 10 in 2 of 3 periods of 5 minutes where the access log is JSON in a log group, else no alarm
   */
  readonly throttledRequests?: ApiAlarmChoice;
}

/** Alarms for errors, latencies and throttled requests of one stage, with defaults that fire on a sick API only. */
export class ApiAlarms extends Construct {
  /** Those that were not left out. */
  readonly alarms: Readonly<Partial<Record<ApiAlarmName, Alarm>>>;

  constructor(scope: Construct, id: string, props: ApiAlarmsProps) {
    super(scope, id);
    const stage = props.stage ?? props.api.deploymentStage;
    const { alarmActions = [], okActions = [] } = props;
    const made = Object.entries(PRESETS).flatMap(([name, preset]) => {
      const choice = props[name as ApiAlarmName] ?? defaultChoice(preset, stage);
      if (choice === false) return [];
      return [[name, create(this, preset, stage, { alarmActions, okActions, ...choice })] as const];
    });
    this.alarms = Object.fromEntries(made);
  }

  /** All alarms, as for a dashboard. */
  get all(): readonly Alarm[] {
    return Object.values(this.alarms);
  }
}

function defaultChoice(preset: Preset, stage: Stage): ApiAlarmChoice {
  return preset === PRESETS.throttledRequests && !ThrottledRequests.isPossible(stage) ? false : {};
}

function create(scope: Construct, preset: Preset, stage: Stage, choice: Exclude<ApiAlarmChoice, false>): Alarm {
  const { period, statistic, ...options } = choice;
  const metric = preset.metric(stage).with({
    ...(period === undefined ? {} : { period }),
    ...(statistic === undefined ? {} : { statistic }),
  });
  return metric.createAlarm(scope, preset.id, {
    threshold: preset.threshold,
    alarmDescription: `${preset.alarmDescription} (${stage.api.restApiName}, stage ${stage.stageName})`,
    evaluationPeriods: 3,
    // Two of three, unless the caller decides how many periods there are.
    ...(options.evaluationPeriods === undefined ? { datapointsToAlarm: 2 } : {}),
    ...options,
  });
}
