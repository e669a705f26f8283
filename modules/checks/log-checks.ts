import { unknownField } from "../rest-api/access-log-field";
import { logsExecution } from "../rest-api/execution-log";
import type { StageOptions } from "../rest-api/stage-options";
import type { Check } from "./check";

interface LogSubject extends StageOptions {
  /** Fields that are not in the list, and that AWS has all the same. */
  readonly allowedFields: readonly string[];
}

/** What the logs of a stage may be. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export const LOG_CHECKS: readonly Check<LogSubject>[] = [
  {
    code: "ACCESS_LOG_DESTINATION_AMBIGUOUS",
    problem: ({ accessLogRetention, accessLogDestination }) =>
      accessLogRetention !== undefined && accessLogDestination !== undefined
        ? "the stage has both accessLogDestination and accessLogRetention"
        : undefined,
    fix: "use one of them",
  },
  {
    code: "ACCESS_LOG_FORMAT_WITHOUT_DESTINATION",
    problem: ({ accessLogFormat, accessLogDestination, accessLogRetention }) =>
      accessLogFormat !== undefined && accessLogDestination === undefined && accessLogRetention === undefined
        ? "accessLogFormat has no effect without accessLogDestination or accessLogRetention"
        : undefined,
    fix: "add accessLogRetention: RetentionDays.ONE_MONTH",
  },
  {
    code: "ACCESS_LOG_FORMAT_INVALID",
    problem: ({ accessLogFormat }) => {
      const format = accessLogFormat?.toString();
      if (format === undefined) return undefined;
      if (/\n/.test(format)) return "accessLogFormat must be one line";
      if (Buffer.byteLength(format) > 3072)
        return `accessLogFormat may have 3 KB, got ${Buffer.byteLength(format)} bytes`;
      return /\$context\.(?:requestId|extendedRequestId)\b/.test(format)
        ? undefined
        : "accessLogFormat must hold $context.requestId or $context.extendedRequestId";
    },
    fix: "use AccessLogFormat.jsonWithStandardFields(), or add the field",
  },
  {
    code: "ACCESS_LOG_FIELD_UNKNOWN",
    problem: ({ accessLogFormat, allowedFields }) => {
      const unknown = unknownField(accessLogFormat?.toString() ?? "", allowedFields);
      if (unknown === undefined) return undefined;
      return `accessLogFormat holds ${unknown.field}, which no access log has; the nearest is ${unknown.nearest}`;
    },
    fix: "correct the name, or remove the field; or call allowContextFields(stack, [name]) where AWS has added it",
  },
  {
    code: "EXECUTION_LOG_OFF",
    problem: (subject) =>
      subject.executionLogRetention !== undefined && !logsExecution(subject)
        ? "executionLogRetention has no effect while loggingLevel is OFF"
        : undefined,
    fix: "add loggingLevel: MethodLoggingLevel.ERROR, or remove executionLogRetention",
  },
  {
    code: "EXECUTION_LOG_OFF",
    problem: (subject) =>
      subject.importExecutionLog !== undefined && !logsExecution(subject)
        ? "importExecutionLog has no effect while loggingLevel is OFF"
        : undefined,
    fix: "add loggingLevel: MethodLoggingLevel.ERROR, or remove importExecutionLog",
  },
  {
    code: "EXECUTION_LOG_IMPORT_INVALID",
    problem: ({ importExecutionLog }) =>
      importExecutionLog !== undefined && !/^[a-z0-9]{8,12}$/.test(importExecutionLog)
        ? `importExecutionLog must be the id of an API, a literal, got "${importExecutionLog}"`
        : undefined,
    fix: "use the id that the console shows, as in a1b2c3d4e5: Terraform imports by literal ids only",
  },
  {
    code: "LOG_ENCRYPTION_WITHOUT_LOG",
    problem: (subject) =>
      subject.logEncryptionKey !== undefined && subject.accessLogRetention === undefined && !logsExecution(subject)
        ? "logEncryptionKey has no effect: no log group is created for the stage"
        : undefined,
    fix: "add accessLogRetention or loggingLevel, or give the key to the LogGroupLogDestination",
  },
];
