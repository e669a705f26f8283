import type { IConstruct } from "constructs";
import type { IntegrationType } from "../../definition/integration";
import type { Duration } from "../duration";
import type { ConnectionType } from "../integrations/integration";
import { type Check, outside, runChecks } from "./check";

interface UrlSubject {
  readonly url: string;
  /** Names that `{name}` of the URL may have. */
  readonly mapped: readonly string[];
}

/** API Gateway sends what it cannot replace as it is. */
const URL_CHECKS: readonly Check<UrlSubject>[] = [
  {
    code: "HTTP_URL_VARIABLE_UNKNOWN",
    problem: ({ url, mapped }) => {
      const named = [...url.matchAll(/(?<!\$)\{([^{}]*)\}/g)].map(([, name = ""]) => name);
      const unknown = named.find((name) => !mapped.includes(name));
      return unknown === undefined
        ? undefined
        : `{${unknown}} in "${url}" is replaced by nothing: the route and requestParameters offer ${mapped.map((name) => `{${name}}`).join(", ") || "no variables"}`;
    },
    fix: 'name a variable of the route, or map one, as in requestParameters: { "integration.request.path.id": "method.request.path.orderId" }',
  },
];

/** Records `HTTP_URL_VARIABLE_UNKNOWN`. */
export function checkHttpUrl(scope: IConstruct, subject: UrlSubject): void {
  runChecks(scope, URL_CHECKS, subject);
}

interface IntegrationSubject {
  readonly type: IntegrationType;
  readonly timeout?: Duration;
  readonly templates: readonly string[];
  /** True when answers are mapped. */
  readonly mapsAnswers: boolean;
  readonly connectionType?: ConnectionType;
  readonly hasVpcLink: boolean;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const CHECKS: readonly Check<IntegrationSubject>[] = [
  {
    code: "INTEGRATION_TIMEOUT_OUT_OF_RANGE",
    problem: ({ timeout }) =>
      outside(timeout?.toMilliseconds(), 50, 300_000)
        ? `the timeout of an integration must be 50 ms to 29 s, or to 300 s where AWS has raised it, got ${timeout?.toMilliseconds()} ms`
        : undefined,
    fix: "use Duration.seconds(29) or less",
  },
  {
    code: "MAPPING_TEMPLATE_TOO_LARGE",
    problem: ({ templates }) => {
      const largest = Math.max(0, ...templates.map((template) => Buffer.byteLength(template)));
      return largest > 300 * 1024 ? `a mapping template may have 300 KB, got ${largest} bytes` : undefined;
    },
    fix: "move the work into a function",
  },
  {
    code: "PROXY_WITH_MAPPING",
    problem: ({ type, templates, mapsAnswers }) =>
      type.endsWith("_PROXY") && (templates.length > 0 || mapsAnswers)
        ? `an integration of the type ${type} passes bodies and answers on as they are, so templates and integrationResponses have no effect`
        : undefined,
    fix: "remove them, or pass proxy: false",
  },
  {
    code: "CONNECTION_CONTRADICTION",
    problem: ({ connectionType, hasVpcLink }) => {
      if (connectionType === "VPC_LINK" && !hasVpcLink) return "connectionType is VPC_LINK, but there is no vpcLink";
      return connectionType === "INTERNET" && hasVpcLink
        ? "connectionType is INTERNET, but there is a vpcLink"
        : undefined;
    },
    fix: "pass vpcLink alone: it implies the type",
  },
  {
    code: "VPC_LINK_NOT_HTTP",
    problem: ({ type, hasVpcLink }) =>
      hasVpcLink && !type.startsWith("HTTP") ? `an integration of the type ${type} cannot use a VPC link` : undefined,
    fix: "use an HttpIntegration, or remove vpcLink",
  },
];

/** Records each property of an integration that API Gateway would refuse. */
export function checkIntegration(scope: IConstruct, subject: IntegrationSubject): void {
  runChecks(scope, CHECKS, subject);
}

interface QuerySubject {
  readonly limit?: number;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
const QUERY_CHECKS: readonly Check<QuerySubject>[] = [
  {
    code: "QUERY_LIMIT_INVALID",
    problem: ({ limit }) =>
      outside(limit, 1, Number.MAX_SAFE_INTEGER) || (limit !== undefined && !Number.isInteger(limit))
        ? `limit of a query must be a whole number from 1, got ${limit}`
        : undefined,
    fix: "use 100 or so, and let clients ask for the next page with exclusiveStartKey",
  },
];

/** Records `QUERY_LIMIT_INVALID`. */
export function checkQuery(scope: IConstruct, subject: QuerySubject): void {
  runChecks(scope, QUERY_CHECKS, subject);
}

interface ObjectKeySubject {
  readonly key: string | undefined;
  readonly pathParameters: readonly string[];
}

const OBJECT_KEY_CHECKS: readonly Check<ObjectKeySubject>[] = [
  {
    code: "OBJECT_KEY_AMBIGUOUS",
    problem: ({ key, pathParameters }) =>
      key === undefined && pathParameters.length !== 1
        ? `the path has ${pathParameters.length} variables, so the key of the object is not clear`
        : undefined,
    fix: 'pass key, as in "invoices/{invoiceId}.pdf"',
  },
  {
    code: "OBJECT_KEY_INVALID",
    problem: ({ key = "{key}", pathParameters }) => {
      if (key === "" || key.startsWith("/")) return `the key of an object must name something, got "${key}"`;
      const unknown = [...key.matchAll(/\{([^{}]*)\}/g)].find(([, name = ""]) => !pathParameters.includes(name));
      return unknown === undefined
        ? undefined
        : `the key "${key}" holds ${unknown[0]}, which is no variable of the path`;
    },
    fix: "use variables of the route's path (without +), and no slash in front",
  },
];

/** Records `OBJECT_KEY_AMBIGUOUS` and `OBJECT_KEY_INVALID`. */
export function checkObjectKey(scope: IConstruct, { key, pathParameters }: ObjectKeySubject): void {
  const subject = { key: key ?? (pathParameters.length === 1 ? `{${pathParameters[0]}}` : undefined), pathParameters };
  runChecks(scope, OBJECT_KEY_CHECKS, subject);
}

interface SynchronousSubject {
  /** False when only the ARN is known. */
  readonly isResource: boolean;
  readonly type: string | undefined;
}

const SYNCHRONOUS_CHECKS: readonly Check<SynchronousSubject>[] = [
  {
    code: "STATE_MACHINE_NOT_EXPRESS",
    problem: ({ isResource, type = "STANDARD" }) =>
      isResource && type === "STANDARD"
        ? "startSyncExecution needs an express state machine, and this one is standard"
        : undefined,
    fix: 'declare it with type: "EXPRESS", or use startExecution',
  },
];

/** Records `STATE_MACHINE_NOT_EXPRESS`. */
export function checkSynchronous(scope: IConstruct, subject: SynchronousSubject): void {
  runChecks(scope, SYNCHRONOUS_CHECKS, subject);
}

interface InvocationSubject {
  readonly proxy: boolean;
  readonly invocationType?: string;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html */
const INVOCATION_CHECKS: readonly Check<InvocationSubject>[] = [
  {
    code: "INVOCATION_TYPE_WITH_PROXY",
    problem: ({ proxy, invocationType }) =>
      proxy && invocationType === "Event"
        ? "a proxy integration waits for the answer of its function, so it cannot have the invocation type Event"
        : undefined,
    fix: "remove proxy: true; the body of the request is the event then, or what requestTemplates make of it",
  },
];

/** Records `INVOCATION_TYPE_WITH_PROXY`. */
export function checkInvocation(scope: IConstruct, subject: InvocationSubject): void {
  runChecks(scope, INVOCATION_CHECKS, subject);
}
