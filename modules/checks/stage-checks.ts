import type { IConstruct } from "constructs";
import type { Duration } from "../duration";
import { unknownField } from "../rest-api/access-log-field";
import { logsExecution } from "../rest-api/execution-log";
import type { MethodDeploymentOptions } from "../rest-api/method-settings";
import type { StageOptions } from "../rest-api/stage";
import { throttleLimits } from "../rest-api/throttle";
import { type Check, mismatches, outside, runChecks } from "./check";
import { checkThrottle } from "./throttle-checks";

interface StageSubject extends StageOptions {
  readonly stageName: string;
}

type Variable = readonly [name: string, value: string];

/** Sources: quotas of the developer guide; https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
const CHECKS: readonly Check<StageSubject>[] = [
  {
    code: "STAGE_NAME_INVALID",
    problem: ({ stageName }) =>
      mismatches(stageName, /^[A-Za-z0-9_-]{1,128}$/)
        ? `stageName must be 1 to 128 letters, digits, "-" and "_", got "${stageName}"`
        : undefined,
    fix: 'use a name such as "v1" or "prod"',
  },
  {
    code: "STAGE_VARIABLES_TOO_MANY",
    problem: ({ variables = {} }) =>
      Object.keys(variables).length > 100
        ? `a stage may have 100 variables, got ${Object.keys(variables).length}`
        : undefined,
    fix: "move values that integrations do not need elsewhere",
  },
  {
    code: "CACHE_CLUSTER_CONTRADICTION",
    problem: ({ cacheClusterEnabled, cacheClusterSize }) =>
      cacheClusterEnabled === false && cacheClusterSize !== undefined
        ? `cacheClusterEnabled is false, but cacheClusterSize is "${cacheClusterSize}"`
        : undefined,
    fix: "remove one of the two",
  },
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
    problem: ({ accessLogFormat }) => {
      const unknown = unknownField(accessLogFormat?.toString() ?? "");
      if (unknown === undefined) return undefined;
      return `accessLogFormat holds ${unknown.field}, which no access log has; the nearest is ${unknown.nearest}`;
    },
    fix: "correct the name, or remove the field: API Gateway would write - for it",
  },
  {
    code: "EXECUTION_LOG_OFF",
    problem: (subject) =>
      subject.executionLogRetention !== undefined && !logsExecution(subject)
        ? "executionLogRetention has no effect while loggingLevel is OFF"
        : undefined,
    fix: 'add loggingLevel: "ERROR", or remove executionLogRetention',
  },
  {
    code: "WEB_ACL_ARN_INVALID",
    problem: ({ webAclArn }) =>
      mismatches(webAclArn, /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:regional\/webacl\/[^/]+\/[^/]+$/)
        ? `webAclArn must be the ARN of a regional web ACL of AWS WAF (version 2), got "${webAclArn}"`
        : undefined,
    fix: "use the ARN of a web ACL with scope REGIONAL in the region of the API",
  },
];

interface ThrottleChoice extends MethodDeploymentOptions {
  readonly place: string;
}

const THROTTLE_CHOICE_CHECKS: readonly Check<ThrottleChoice>[] = [
  {
    code: "STAGE_THROTTLE_AMBIGUOUS",
    problem: ({ place, throttle, throttlingRateLimit, throttlingBurstLimit }) =>
      throttle !== undefined && (throttlingRateLimit !== undefined || throttlingBurstLimit !== undefined)
        ? `${place} has both throttle and throttlingRateLimit or throttlingBurstLimit`
        : undefined,
    fix: "use one of them",
  },
];

interface CacheSubject {
  readonly place: string;
  readonly cacheTtl?: Duration;
}

const CACHE_CHECKS: readonly Check<CacheSubject>[] = [
  {
    code: "STAGE_CACHE_TTL_OUT_OF_RANGE",
    problem: ({ place, cacheTtl }) => {
      const seconds = cacheTtl === undefined ? undefined : cacheTtl.toMilliseconds() / 1000;
      if (!outside(seconds, 0, 3600) && (seconds === undefined || Number.isInteger(seconds))) return undefined;
      return `cacheTtl of ${place} must be 0 to 3600 whole seconds, got ${seconds}`;
    },
    fix: "use Duration.hours(1) or less",
  },
];

const VARIABLE_CHECKS: readonly Check<Variable>[] = [
  {
    code: "STAGE_VARIABLE_NAME_INVALID",
    problem: ([name]) =>
      /^\w{1,64}$/.test(name)
        ? undefined
        : `a stage variable's name must be 1 to 64 letters, digits and "_", got "${name}"`,
    fix: "use a name such as ratesHost",
  },
  {
    code: "STAGE_VARIABLE_VALUE_INVALID",
    problem: ([name, value]) =>
      mismatches(value, /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/)
        ? `the stage variable ${name} must be 1 to 512 letters, digits and "-._~:/?#&=,", got "${value}"`
        : undefined,
    fix: "encode the value, or keep it where the backend reads its configuration",
  },
];

/** Records each property of a stage that API Gateway would refuse. */
export function checkStage(scope: IConstruct, subject: StageSubject): void {
  runChecks(scope, CHECKS, subject);
  for (const variable of Object.entries(subject.variables ?? {})) runChecks(scope, VARIABLE_CHECKS, variable);
  checkSettings(scope, `stage "${subject.stageName}"`, subject);
  for (const [route, options] of Object.entries(subject.methodOptions ?? {})) {
    checkSettings(scope, `"${route}" on stage "${subject.stageName}"`, options);
  }
}

function checkSettings(scope: IConstruct, place: string, options: MethodDeploymentOptions): void {
  const { throttle, throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit, cacheTtl } = options;
  runChecks(scope, THROTTLE_CHOICE_CHECKS, { place, ...options });
  runChecks(scope, CACHE_CHECKS, { place, ...(cacheTtl === undefined ? {} : { cacheTtl }) });
  checkThrottle(scope, {
    place,
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(burstLimit === undefined ? {} : { burstLimit }),
    ...(throttle === undefined ? {} : throttleLimits(throttle)),
  });
}
