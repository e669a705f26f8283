import { Construct } from "constructs";
import type { Stage } from "../rest-api/stage";
import type { Alarm, AlarmAction, AlarmMetric, ComparisonOperator, CreateAlarmOptions } from "./alarm";
import type { MetricOptions } from "./metric";
import { ThrottledRequests } from "./throttled-requests";
import { type WatchedStageProps, watchedStage } from "./watched-stage";

/** What differs from the defaults of one alarm; false leaves it out. */
export type ApiAlarmChoice = false | (Partial<CreateAlarmOptions> & Pick<MetricOptions, "period" | "statistic">);

/** The same for a value that is computed. */
export type ApiRatioAlarmChoice = false | (Partial<CreateAlarmOptions> & Pick<MetricOptions, "period">);

type MetricChoice = Pick<MetricOptions, "period" | "statistic">;

interface Preset {
  readonly id: string;
  readonly metric: (stage: Stage, choice: MetricChoice) => AlarmMetric;
  readonly threshold: number;
  readonly comparisonOperator?: ComparisonOperator;
  readonly alarmDescription: string;
  /** Whether the alarm is made for a stage when nothing is said about it; always without this. */
  readonly isDefault?: (stage: Stage) => boolean;
}

const PRESETS = {
  serverErrorRate: {
    id: "ServerErrorRate",
    metric: (stage, choice) => stage.metricServerError({ statistic: "Average", ...choice }),
    threshold: 0.01,
    alarmDescription: "Too many answers are 500 to 599",
  },
  clientErrorRate: {
    id: "ClientErrorRate",
    metric: (stage, choice) => stage.metricClientError({ statistic: "Average", ...choice }),
    threshold: 0.2,
    alarmDescription: "Too many answers are 400 to 499",
  },
  latency: {
    id: "Latency",
    metric: (stage, choice) => stage.metricLatency({ statistic: "p99", ...choice }),
    threshold: 3000,
    alarmDescription: "The slowest answers take too long",
  },
  integrationLatency: {
    id: "IntegrationLatency",
    metric: (stage, choice) => stage.metricIntegrationLatency({ statistic: "p99", ...choice }),
    threshold: 2500,
    alarmDescription: "The slowest backends take too long",
  },
  throttledRequests: {
    id: "ThrottledRequests",
    metric: (stage, choice) => ThrottledRequests.of(stage).metric(choice),
    threshold: 10,
    alarmDescription: "Too many requests are answered 429",
    isDefault: ThrottledRequests.isPossible,
  },
  cacheHitRatio: {
    id: "CacheHitRatio",
    metric: (stage, { period }) => stage.metricCacheHitRatio(period === undefined ? {} : { period }),
    threshold: 0.5,
    comparisonOperator: "LessThanThreshold",
    alarmDescription: "The cache answers too few requests",
    isDefault: () => false,
  },
} as const satisfies Record<string, Preset>;

/** Names of the alarms of an API. */
export type ApiAlarmName = keyof typeof PRESETS;

/** Which stage is watched, who is told, and what differs from the defaults. */
export interface ApiAlarmsProps extends WatchedStageProps {
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
  /**
   * Share of the requests to cached routes that the cache answers, 0 to 1; the alarm fires below it. `{}` asks for it, with
   * 0.5 in 2 of 3 periods of 5 minutes.
   * @default - no alarm: the first requests after a flush or a quiet time miss
   */
  readonly cacheHitRatio?: ApiRatioAlarmChoice;
}

/**
 * Alarms for errors, latencies, throttled requests and the cache of one stage, with defaults that fire on a sick API only.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export class ApiAlarms extends Construct {
  /** Those that were not left out. */
  readonly alarms: Readonly<Partial<Record<ApiAlarmName, Alarm>>>;

  constructor(scope: Construct, id: string, props: ApiAlarmsProps) {
    super(scope, id);
    const stage = watchedStage(this, props);
    const { alarmActions = [], okActions = [] } = props;
    const made = Object.entries<Preset>(PRESETS).flatMap(([name, preset]) => {
      const choice = props[name as ApiAlarmName] ?? ((preset.isDefault?.(stage) ?? true) ? {} : false);
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

function create(scope: Construct, preset: Preset, stage: Stage, choice: Exclude<ApiAlarmChoice, false>): Alarm {
  const { period, statistic, ...options } = choice;
  const metric = preset.metric(stage, {
    ...(period === undefined ? {} : { period }),
    ...(statistic === undefined ? {} : { statistic }),
  });
  return metric.createAlarm(scope, preset.id, {
    threshold: preset.threshold,
    alarmDescription: `${preset.alarmDescription} (${stage.api.restApiName}, stage ${stage.stageName})`,
    evaluationPeriods: 3,
    ...(preset.comparisonOperator === undefined ? {} : { comparisonOperator: preset.comparisonOperator }),
    // Two of three, unless the caller decides how many periods there are.
    ...(options.evaluationPeriods === undefined ? { datapointsToAlarm: 2 } : {}),
    ...options,
  });
}
