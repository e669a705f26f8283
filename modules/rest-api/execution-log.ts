import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { RetentionDays } from "../retention-days";
import type { StageOptions } from "./stage-options";

/** True when the stage, or one of its routes, writes an execution log. */
export function logsExecution({ loggingLevel, methodOptions = {} }: StageOptions): boolean {
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
  options: StageOptions,
): CloudwatchLogGroup | undefined {
  if (!logsExecution(options)) return undefined;
  const { executionLogRetention, importExecutionLog, logEncryptionKey } = options;
  const group = new CloudwatchLogGroup(scope, "ExecutionLog", {
    name: executionLogName(place),
    retentionInDays: executionLogRetention ?? RetentionDays.ONE_MONTH,
    ...(logEncryptionKey === undefined ? {} : { kmsKeyId: logEncryptionKey.arn }),
  });
  if (importExecutionLog !== undefined) {
    group.importFrom(executionLogName({ ...place, restApiId: importExecutionLog }));
  }
  return group;
}

function executionLogName({
  restApiId,
  stageName,
}: {
  readonly restApiId: string;
  readonly stageName: string;
}): string {
  return `API-Gateway-Execution-Logs_${restApiId}/${stageName}`;
}

/**
 * Canaries log into groups of their own, which API Gateway would keep for ever: the same as those of their stage otherwise.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function canaryLogGroup(scope: Construct, id: string, ofStage: CloudwatchLogGroup): CloudwatchLogGroup {
  const { nameInput, retentionInDaysInput, kmsKeyIdInput } = ofStage;
  return new CloudwatchLogGroup(scope, id, {
    name: `${nameInput}/Canary`,
    ...(retentionInDaysInput === undefined ? {} : { retentionInDays: retentionInDaysInput }),
    ...(kmsKeyIdInput === undefined ? {} : { kmsKeyId: kmsKeyIdInput }),
  });
}
