import type { IConstruct } from "constructs";
import type { HttpMethod } from "../../definition/method";
import type { AuthorizationType } from "../authorizers/authorization-type";
import type { MethodOptions } from "../rest-api/method";
import { throttleLimits } from "../rest-api/throttle";
import { callerKeys, checkAuthorization } from "./authorization-checks";
import { type Check, outside, runChecks } from "./check";
import { checkThrottle } from "./throttle-checks";

interface MethodSubject extends MethodOptions {
  readonly authorizationType: AuthorizationType;
  readonly route: string;
  readonly httpMethod: HttpMethod;
  readonly pathParameters: readonly string[];
}

const PARAMETER = /^method\.request\.(path|querystring|header)\.[A-Za-z0-9._$-]+$/;

/** Sources: quotas and caching page of the developer guide. */
const CHECKS: readonly Check<MethodSubject>[] = [
  {
    code: "CACHE_TTL_AMBIGUOUS",
    problem: ({ cache, route }) =>
      cache?.ttl !== undefined && cache.ttlSeconds !== undefined
        ? `cache of "${route}" has both ttl and ttlSeconds`
        : undefined,
    fix: "use one of them",
  },
  {
    code: "CACHE_TTL_OUT_OF_RANGE",
    problem: ({ cache, route }) => {
      const ttlSeconds = cache?.ttlSeconds ?? (cache?.ttl ? cache.ttl.toMilliseconds() / 1000 : undefined);
      if (!outside(ttlSeconds, 0, 3600) && (ttlSeconds === undefined || Number.isInteger(ttlSeconds))) return undefined;
      return `cache.ttlSeconds of "${route}" must be a whole number from 0 to 3600, got ${ttlSeconds}`;
    },
    fix: "use a whole number from 0 to 3600",
  },
  {
    code: "CACHE_NOT_GET",
    problem: ({ cache, httpMethod, route }) =>
      cache !== undefined && httpMethod !== "GET"
        ? `"${route}" cannot be cached: API Gateway caches GET only`
        : undefined,
    fix: "remove cache, or make the route a GET",
  },
  {
    code: "CACHE_KEY_INVALID",
    problem: ({ cache, pathParameters, route }) => {
      const wrong = cache?.keys?.find((key) => !PARAMETER.test(key) || isForeignPathKey(key, pathParameters));
      return wrong === undefined
        ? undefined
        : `cache.keys of "${route}" holds "${wrong}", which names no parameter of it`;
    },
    fix: "write method.request.querystring.<name> or method.request.header.<name>",
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: (subject) => {
      const missing = missingKeys(subject);
      if (missing.length === 0) return undefined;
      return `cache.keys of "${subject.route}" do not tell callers apart without ${missing.join(", ")}: one caller would get the answer of another`;
    },
    fix: (subject) => `add ${missingKeys(subject).join(" and ")} to cache.keys, or remove cache`,
  },
  {
    code: "REQUEST_PARAMETER_INVALID",
    problem: ({ requestParameters = {}, pathParameters, route }) => {
      const wrong = Object.keys(requestParameters).filter(
        (name) => !PARAMETER.test(name) || isForeignPathKey(name, pathParameters),
      );
      const named = wrong.map((name) => `"${name}"`).join(", ");
      return wrong.length === 0
        ? undefined
        : `requestParameters of "${route}" holds ${named}, which ${wrong.length === 1 ? "names no parameter" : "name no parameters"} of it`;
    },
    fix: "write method.request.{path,querystring,header}.<name>; names of path parameters must stand in the path",
  },
  {
    code: "REQUEST_PARAMETER_NAME_SHARED",
    problem: ({ requestParameters = {}, pathParameters, route }) => {
      const shared = sharedName([...Object.keys(requestParameters), ...pathParameters.map(inPath)]);
      return shared === undefined
        ? undefined
        : `requestParameters of "${route}" has "${shared}" in two places, and names must be unique across path, query string and headers`;
    },
    fix: "rename one of them, or leave out the one that nothing needs: functions get every parameter, declared or not",
  },
  {
    code: "REQUEST_VALIDATOR_AMBIGUOUS",
    problem: ({ requestValidator, requestValidatorOptions, route }) =>
      requestValidator !== undefined && requestValidatorOptions !== undefined
        ? `"${route}" has both requestValidator and requestValidatorOptions`
        : undefined,
    fix: "use one of them, or none: what a method declares is validated",
  },
];

/** Records each option of a method that API Gateway would refuse or that would serve wrong answers. */
export function checkMethod(scope: IConstruct, subject: MethodSubject): void {
  checkAuthorization(scope, subject);
  runChecks(scope, CHECKS, subject);
  if (subject.throttle === undefined) return;
  checkThrottle(scope, { place: `"${subject.route}"`, ...throttleLimits(subject.throttle) });
}

/** What the authorizer tells callers apart by, and the cache would not. */
function missingKeys({
  cache,
  authorizationType,
  authorizer,
  requestParameters = {},
}: MethodSubject): readonly string[] {
  if (cache === undefined || authorizationType === "NONE") return [];
  const keys = cache.keys ?? Object.keys(requestParameters).filter((name) => name.includes(".querystring."));
  return callerKeys(authorizer).filter((needed) => !keys.some((key) => areSame(key, needed)));
}

function inPath(name: string): string {
  return `method.request.path.${name}`;
}

/** A name that parameters of two places have. */
function sharedName(parameters: readonly string[]): string | undefined {
  const names = [...new Set(parameters)].map((parameter) => parameter.replace(/^method\.request\.[a-z]+\./, ""));
  return names.find((name, index) => names.indexOf(name) !== index);
}

function isForeignPathKey(key: string, pathParameters: readonly string[]): boolean {
  const [, name] = /^method\.request\.path\.(.+)$/.exec(key) ?? [];
  return name !== undefined && !pathParameters.includes(name);
}

/** Names of headers are the same in any case. */
function areSame(key: string, other: string): boolean {
  const isHeader = key.startsWith("method.request.header.");
  return isHeader ? key.toLowerCase() === other.toLowerCase() : key === other;
}
