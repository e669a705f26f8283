import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { Duration } from "../duration";
import { environmentOf } from "../environment";
import { boundedName, namePart } from "../naming";
import type { Stage } from "../rest-api/stage";
import { attributeText } from "../terraform-text";
import type { Alarm } from "./alarm";
import { type AlarmAction, actionArns, actionProblems } from "./alarm-actions";
import { type WatchedStageProps, watchedStage } from "./watched-stage";

/** How fast the budget of errors is spent, seen over a long and a short time. */
interface BurnRate {
  readonly id: string;
  /** 1 spends the budget of 30 days in 30 days. */
  readonly rate: number;
  readonly long: Duration;
  /** A twelfth of the long one: the alarm ends soon after the errors have. */
  readonly short: Duration;
}

/**
 * 2 % of the budget of 30 days in an hour, or 5 % in six hours.
 * Source: https://sre.google/workbook/alerting-on-slos/ (multiwindow, multi-burn-rate alerts)
 */
const BURN_RATES: readonly BurnRate[] = [
  { id: "Fast", rate: 14.4, long: Duration.hours(1), short: Duration.minutes(5) },
  { id: "Slow", rate: 6, long: Duration.hours(6), short: Duration.minutes(30) },
];
const FASTEST = Math.max(...BURN_RATES.map(({ rate }) => rate));

/** What availability was promised, and who is told. */
export interface AvailabilityAlarmProps extends WatchedStageProps {
  /**
   * Share of the requests of 30 days that are not answered 500 to 599. Above 0.931: a lower promise leaves so many errors
   * that even an outage does not spend them fast.
   * @default 0.999
   */
  readonly objective?: number;
  /**
   * Unique in account and region.
   * @default - made of the construct's path
   */
  readonly alarmName?: string;
  /**
   * At most 5; topics, or other things with an ARN that composite alarms can act on.
   * @default - nobody is told
   */
  readonly alarmActions?: readonly AlarmAction[];
  /**
   * At most 5, when all is well again.
   * @default - nobody is told
   */
  readonly okActions?: readonly AlarmAction[];
}

/**
 * Tells when errors would soon break a promised availability: fast burning over an hour and still over five minutes, or slow
 * burning over six hours and still over half an hour. Four silent alarms, and one of them that speaks. Throws
 * `AVAILABILITY_OBJECTIVE_INVALID`.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export class AvailabilityAlarm extends Construct {
  /** A literal of at most 255 characters. */
  readonly alarmName: string;
  /** `aws_cloudwatch_composite_alarm`. */
  readonly alarm: CloudwatchCompositeAlarm;
  /** Those that it is made of. */
  readonly burning: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AvailabilityAlarmProps) {
    super(scope, id);
    const { objective = 0.999, alarmActions = [], okActions = [] } = props;
    const stage = watchedStage(this, props);
    this.refuse(objective);
    this.alarmName = props.alarmName ?? boundedName(namePart(this.node.path), 255);
    const pairs = BURN_RATES.map((burn) => burningAlarms(this, stage, burn, 1 - objective));
    this.burning = pairs.flat();
    this.alarm = new CloudwatchCompositeAlarm(this, "Resource", {
      alarmName: attributeText(this, this.alarmName),
      alarmDescription: attributeText(
        this,
        `Errors spend the budget of ${percent(1 - objective)} too fast (${stage.api.restApiName}, stage ${stage.stageName})`,
      ),
      alarmRule: pairs
        .map((pair) => `(${pair.map(({ alarm }) => `ALARM("${alarm.arn}")`).join(" AND ")})`)
        .join(" OR "),
      ...(alarmActions.length === 0 ? {} : { alarmActions: actionArns(alarmActions) }),
      ...(okActions.length === 0 ? {} : { okActions: actionArns(okActions) }),
    });
    this.node.addValidation({ validate: () => actionProblems(this.node.path, [alarmActions, okActions]) });
  }

  /** A literal, unless the account is a data source. */
  get alarmArn(): string {
    const { partition, region, accountId } = environmentOf(this);
    return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${this.alarmName}`;
  }

  private refuse(objective: number): void {
    if (objective < 1 && FASTEST * (1 - objective) < 1) return;
    throw new ConfigurationError(
      "AVAILABILITY_OBJECTIVE_INVALID",
      this.node.path,
      `objective must be above ${(1 - 1 / FASTEST).toFixed(3)} and below 1, got ${objective}`,
      "use a share such as 0.999; for less, an alarm on serverErrorRate of ApiAlarms",
    );
  }
}

function burningAlarms(scope: Construct, stage: Stage, { id, rate, long, short }: BurnRate, budget: number): Alarm[] {
  return Object.entries({ Long: long, Short: short }).map(([window, period]) => {
    const alarm = stage.metricServerError({ statistic: "Average", period }).createAlarm(scope, `${id}${window}`, {
      // Without the last digits of binary fractions, such as 0.014400000000000013.
      threshold: Number((rate * budget).toPrecision(9)),
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
    });
    // CloudWatch deletes no alarm that a composite alarm names.
    alarm.alarm.lifecycle = { createBeforeDestroy: true };
    return alarm;
  });
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(9))} %`;
}
