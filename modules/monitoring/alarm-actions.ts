import { ConfigurationError } from "../../definition/configuration-error";

/** Whom an alarm tells: a plain cdktf `SnsTopic`, or anything else with an ARN that alarms can act on. */
export interface AlarmAction {
  readonly arn: string;
}

/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MOST_ACTIONS = 5;

/** Each ARN once, in order of appearance. */
export function actionArns(actions: readonly AlarmAction[]): string[] {
  // Each reading of a resource's ARN is a reference of its own.
  return [...new Set([...new Set(actions)].map(({ arn }) => arn))];
}

/** `ALARM_ACTIONS_TOO_MANY` for each state of an alarm with more actions than CloudWatch takes. */
export function actionProblems(place: string, states: readonly (readonly AlarmAction[])[]): string[] {
  return states
    .map((actions) => actionArns(actions).length)
    .filter((length) => length > MOST_ACTIONS)
    .map((length) => {
      const problem = `an alarm may have ${MOST_ACTIONS} actions for each state, got ${length}`;
      const fix = "let them subscribe to one topic";
      return new ConfigurationError("ALARM_ACTIONS_TOO_MANY", place, problem, fix).message;
    });
}
