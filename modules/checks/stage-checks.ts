import type { IConstruct } from "constructs";
import { present } from "../../definition/present";
import { allowedContextFields } from "../context-fields";
import type { Duration } from "../duration";
import { arnOf } from "../functions/target-arn";
import type { MethodDeploymentOptions } from "../rest-api/method-settings";
import { ALL_ROUTES, type StageOptions, settingsOfAllRoutes } from "../rest-api/stage-options";
import { throttleLimits } from "../rest-api/throttle";
import { type Check, mismatches, outside, runChecks } from "./check";
import { LOG_CHECKS } from "./log-checks";
import { checkVariables } from "./stage-variable-checks";
import { checkThrottle } from "./throttle-checks";

interface StageSubject extends StageOptions {
  readonly stageName: string;
}

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
    code: "CACHE_CLUSTER_CONTRADICTION",
    problem: ({ cacheClusterEnabled, methodOptions = {} }) => {
      const [key] = Object.entries(methodOptions).find(([, it]) => it.cachingEnabled === true) ?? [];
      return cacheClusterEnabled === false && key !== undefined
        ? `cacheClusterEnabled is false, but methodOptions sets cachingEnabled of "${key}"`
        : undefined;
    },
    fix: "remove one of the two",
  },
  {
    code: "STAGE_CACHED_AS_A_WHOLE",
    problem: ({ stageName, cachingEnabled, methodOptions }) =>
      cachingEnabled === true || methodOptions?.[ALL_ROUTES]?.cachingEnabled === true
        ? `cachingEnabled of stage "${stageName}" would cache every GET, by nothing that tells answers apart`
        : undefined,
    fix: "declare cache on each route whose answers may be cached, as in { cache: { ttlSeconds: 60 } }",
  },
  {
    code: "STAGE_SETTINGS_AMBIGUOUS",
    problem: ({ stageName, methodOptions, ...own }) => {
      const said = present(own);
      const twice = Object.keys(present(methodOptions?.[ALL_ROUTES] ?? {})).filter((name) => name in said);
      return twice.length === 0
        ? undefined
        : `stage "${stageName}" sets ${twice.join(", ")} itself, and again in methodOptions["${ALL_ROUTES}"]`;
    },
    fix: "use one of them",
  },
  {
    code: "CLIENT_CERTIFICATE_AMBIGUOUS",
    problem: ({ clientCertificate, clientCertificateId }) =>
      clientCertificate === true && clientCertificateId !== undefined
        ? "the stage has both clientCertificate and clientCertificateId"
        : undefined,
    fix: "use clientCertificate for a new certificate, or clientCertificateId for one that exists",
  },
  {
    code: "STAGE_TAGS_TOO_MANY",
    problem: ({ tags = {} }) =>
      Object.keys(tags).length > 50 ? `a stage may have 50 tags, got ${Object.keys(tags).length}` : undefined,
    fix: "remove tags",
  },
  {
    code: "WEB_ACL_ARN_INVALID",
    problem: ({ webAclArn }) =>
      webAclArn !== undefined &&
      mismatches(arnOf(webAclArn), /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:regional\/webacl\/[^/]+\/[^/]+$/)
        ? `webAclArn must be the ARN of a regional web ACL of AWS WAF (version 2), got "${arnOf(webAclArn)}"`
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

/** Records each property of a stage that API Gateway would refuse. */
export function checkStage(scope: IConstruct, subject: StageSubject): void {
  runChecks(scope, CHECKS, subject);
  runChecks(scope, LOG_CHECKS, { ...subject, allowedFields: allowedContextFields(scope) });
  checkVariables(scope, subject.variables);
  checkSettings(scope, `stage "${subject.stageName}"`, settingsOfAllRoutes(subject));
  for (const [route, options] of Object.entries(subject.methodOptions ?? {})) {
    if (route !== ALL_ROUTES) checkSettings(scope, `"${route}" on stage "${subject.stageName}"`, options);
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
