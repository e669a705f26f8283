import type { IConstruct } from "constructs";
import type { Duration } from "../duration";
import { isKnownInPlan } from "../terraform-text";
import { type Check, mismatches, outside, runChecks } from "./check";

const NAME_CHECKS: readonly Check<string>[] = [
  {
    code: "AUTHORIZER_NAME_INVALID",
    problem: (name) =>
      /^[A-Za-z0-9_-]{1,128}$/.test(name)
        ? undefined
        : `the name of an authorizer must be 1 to 128 letters, digits, "-" and "_", got "${name}"`,
    fix: 'pass authorizerName: "my-authorizer"',
  },
];

/** Records `AUTHORIZER_NAME_INVALID`: the name is a key of the document, and may be no reference. */
export function checkAuthorizerName(scope: IConstruct, name: string): void {
  runChecks(scope, NAME_CHECKS, name);
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
const TTL_CHECKS: readonly Check<number>[] = [
  {
    code: "AUTHORIZER_TTL_OUT_OF_RANGE",
    problem: (seconds) =>
      outside(seconds, 0, 3600) || !Number.isInteger(seconds)
        ? `resultsCacheTtl must be 0 to 3600 whole seconds, got ${seconds}`
        : undefined,
    fix: "use Duration.hours(1) or less",
  },
];

/** Records `AUTHORIZER_TTL_OUT_OF_RANGE`. */
export function checkResultsCache(scope: IConstruct, ttl: Duration | undefined): void {
  if (ttl !== undefined) runChecks(scope, TTL_CHECKS, ttl.toMilliseconds() / 1000);
}

const HEADER_NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
const TOKEN_SOURCE = new RegExp(`^method\\.request\\.header\\.${HEADER_NAME}$`);

const TOKEN_SOURCE_CHECKS: readonly Check<string>[] = [
  {
    code: "IDENTITY_SOURCE_INVALID",
    problem: (source) =>
      TOKEN_SOURCE.test(source) ? undefined : `the identitySource of a token must be a header, got "${source}"`,
    fix: 'use IdentitySource.header("Authorization"), or a RequestAuthorizer',
  },
];

/** Records `IDENTITY_SOURCE_INVALID` for what is no header: the document says the name of the header only. */
export function checkTokenSource(scope: IConstruct, source: string): void {
  runChecks(scope, TOKEN_SOURCE_CHECKS, source);
}

interface IdentitySubject {
  readonly identitySources: readonly string[];
  readonly isCached: boolean;
}

const REQUEST_SOURCE = new RegExp(
  `^(?:method\\.request\\.header\\.${HEADER_NAME}|method\\.request\\.querystring\\.[^\\s,]+|stageVariables\\.\\w+|context\\.[\\w.]+)$`,
);

const IDENTITY_CHECKS: readonly Check<IdentitySubject>[] = [
  {
    code: "IDENTITY_SOURCES_MISSING",
    problem: ({ identitySources, isCached }) =>
      isCached && identitySources.length === 0
        ? "decisions are cached, but there are no identitySources to tell callers apart"
        : undefined,
    fix: 'name them, as in [IdentitySource.header("Authorization")], or pass resultsCacheTtl: Duration.seconds(0)',
  },
  {
    code: "IDENTITY_SOURCE_INVALID",
    problem: ({ identitySources }) => {
      const wrong = identitySources.find((source) => !REQUEST_SOURCE.test(source));
      return wrong === undefined
        ? undefined
        : `identitySources must be headers, query parameters, stage variables or context facts, got "${wrong}"`;
    },
    fix: "use IdentitySource.header, queryString, stageVariable or context",
  },
];

/** Records `IDENTITY_SOURCES_MISSING` and `IDENTITY_SOURCE_INVALID`. */
export function checkIdentitySources(scope: IConstruct, subject: IdentitySubject): void {
  runChecks(scope, IDENTITY_CHECKS, subject);
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html */
interface PoolsSubject {
  readonly arns: readonly string[];
  /** Those that only an apply can tell. */
  readonly unknown: readonly string[];
}

const POOL_CHECKS: readonly Check<PoolsSubject>[] = [
  {
    code: "USER_POOLS_OUT_OF_RANGE",
    problem: ({ arns: { length } }) =>
      outside(length, 1, 1000) ? `cognitoUserPools must name 1 to 1000 pools, got ${length}` : undefined,
    fix: "name at least one pool",
  },
  {
    code: "USER_POOL_ARN_INVALID",
    problem: ({ arns }) => {
      const wrong = arns.find((arn) => mismatches(arn, /^arn:[\w-]+:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/\S+$/));
      return wrong === undefined
        ? undefined
        : `the ARN of a user pool is arn:<partition>:cognito-idp:<region>:<account>:userpool/<id>, got "${wrong}"`;
    },
    fix: "copy the ARN of the pool; its end may be ${stageVariables.<name>}",
  },
  {
    code: "USER_POOL_ARN_UNKNOWN",
    problem: ({ unknown }) =>
      unknown.length === 0
        ? undefined
        : "the ARN of a user pool is a reference, so the API's document would be unknown in the first plan",
    fix: "pass the CognitoUserPool itself, whose id then travels as a stage variable, or { arn } with a literal ARN",
  },
];

/** Records `USER_POOLS_OUT_OF_RANGE`, `USER_POOL_ARN_INVALID` and `USER_POOL_ARN_UNKNOWN`. */
export function checkUserPools(scope: IConstruct, arns: readonly string[]): void {
  runChecks(scope, POOL_CHECKS, { arns, unknown: arns.filter((arn) => !isKnownInPlan(scope, arn)) });
}
