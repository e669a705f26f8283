import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { RetentionDays } from "../retention-days";
import type { MethodDeploymentOptions } from "./method-settings";

/** What decides whether and how long a stage keeps an execution log. */
export interface ExecutionLogOptions extends MethodDeploymentOptions {
  readonly methodOptions?: Readonly<Record<string, MethodDeploymentOptions>>;
  readonly executionLogRetention?: RetentionDays;
}

/** True when the stage, or one of its routes, writes an execution log. */
export function logsExecution({ loggingLevel, methodOptions = {} }: ExecutionLogOptions): boolean {
  return [loggingLevel, ...Object.values(methodOptions).map((it) => it.loggingLevel)].some(
    (level) => level !== undefined && level !== "OFF",
  );
}

/**
 * The log group that API Gateway would otherwise create itself, and keep for ever: its name is fixed, and it must be there
 * before the first request.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function executionLogGroup(
  scope: Construct,
  place: { readonly restApiId: string; readonly stageName: string },
  options: ExecutionLogOptions,
): CloudwatchLogGroup | undefined {
  if (!logsExecution(options)) return undefined;
  return new CloudwatchLogGroup(scope, "ExecutionLog", {
    name: `API-Gateway-Execution-Logs_${place.restApiId}/${place.stageName}`,
    retentionInDays: options.executionLogRetention ?? RetentionDays.ONE_MONTH,
  });
}
