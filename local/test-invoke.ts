import { ConfigurationError } from "../definition/configuration-error";
import type { HttpMethod } from "../definition/method";
import { arrivalFacts } from "./context";
import type { Arrival, Exchange, Route, ServedStage, Step } from "./exchange";
import { ExecutionLog } from "./execution-log/execution-log";
import { ALL_LINES } from "./execution-log/route-log";
import { followSteps } from "./follow-steps";
import type { Host } from "./host/host";
import { groupByName } from "./http/headers";
import { parseQuery } from "./http/query";
import { javaTime } from "./java-time";
import { type Shared, serveTest } from "./serve";
import { integrate } from "./steps/integrate";
import { refuseNotEmulated } from "./steps/refuse-not-emulated";
import { exchangeOf, match } from "./steps/route";
import { startExecution } from "./steps/start-execution";
import { validateBody } from "./steps/validate-body";
import { validateParameters } from "./steps/validate-parameters";
import { traceOf } from "./trace";

/** A call of a method past HTTP, as of AWS's TestInvokeMethod. */
export interface TestInvocation {
  /** Id or name. @default - the only API */
  readonly api?: string;
  readonly httpMethod: Exclude<HttpMethod, "ANY">;
  /** As in `/orders/{orderId}`. */
  readonly resourcePath: string;
  /** The path that the method gets, below the stage, as in `/orders/1?full=true`. @default - the resource's own path */
  readonly pathWithQueryString?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  /** @default - empty */
  readonly body?: string;
  /** @default - none: those of stages do not count */
  readonly stageVariables?: Readonly<Record<string, string>>;
}

/** What a test gives, under AWS's names. */
export interface TestInvocationResult {
  readonly status: number;
  readonly body: string;
  /** Of several values the last one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  /** The whole execution log. */
  readonly log: string;
  /** Milliseconds. */
  readonly latency: number;
}

/** A test goes to the method at once: nobody is authorized, counted or answered from a cache. */
const STEPS: readonly Step[] = [refuseNotEmulated, startExecution, validateParameters, validateBody, integrate];

/**
 * Calls a method as the console's test does.
 *
 * @throws ConfigurationError `TEST_INVOCATION_UNKNOWN`
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
 */
export async function testInvoke(
  shared: Shared,
  host: Host,
  invocation: TestInvocation,
): Promise<TestInvocationResult> {
  const stage = serveTest(shared, apiOf(shared, invocation), invocation.stageVariables ?? {});
  const texts: string[] = [];
  const exchange = testExchange(stage, host, invocation);
  const requestId = String(exchange.facts.get("requestId"));
  const log = new ExecutionLog(ALL_LINES, (text) => texts.push(`${javaTime(host.now())} : ${text}\n`));
  exchange.log = log;
  const { status, headers, body } = await followSteps(exchange, STEPS);
  log.close(status);
  const lists = groupByName(headers);
  return {
    status,
    body: body.toString(),
    headers: Object.fromEntries([...lists].map(([name, values]) => [name, values.at(-1) ?? ""])),
    multiValueHeaders: Object.fromEntries(lists),
    log: `Execution log for request ${requestId}\n${texts.join("")}`,
    latency: host.now() - exchange.startedAtMillis,
  };
}

function testExchange(stage: ServedStage, host: Host, invocation: TestInvocation): Exchange {
  const { httpMethod, resourcePath } = invocation;
  const route = routeOf(stage, invocation);
  const [path = "", rawQuery = ""] = (invocation.pathWithQueryString ?? resourcePath).split(/\?(.*)/s);
  const headers = [
    ...Object.entries(invocation.headers ?? {}),
    ...Object.entries(invocation.multiValueHeaders ?? {}).flatMap(([name, values]) =>
      values.map((value) => [name, value] as const),
    ),
  ];
  const startedAtMillis = host.now();
  const trace = traceOf(undefined, startedAtMillis, host.uuid(), false);
  const facts = arrivalFacts({
    apiId: stage.apiId,
    stageName: stage.definition.name,
    domainName: "testPrefix.testDomainName",
    httpMethod,
    path,
    protocol: "HTTP/1.1",
    sourceIp: "test-invoke-source-ip",
    userAgent: null,
    requestId: host.uuid(),
    nowMillis: startedAtMillis,
    traceId: trace.full,
  });
  facts.set("identity.apiKey", "test-invoke-api-key");
  facts.set("identity.apiKeyId", "test-invoke-api-key-id");
  const arrival: Arrival = {
    request: {
      method: httpMethod,
      target: path,
      headers,
      body: Buffer.from(invocation.body ?? ""),
      sourceIp: "test-invoke-source-ip",
      protocol: "HTTP/1.1",
    },
    stage,
    httpMethod,
    path,
    eventPath: path,
    rawQuery,
    query: parseQuery(rawQuery),
    headers,
    facts,
    host,
    startedAtMillis,
  };
  return exchangeOf(arrival, { route, pathParameters: pathParametersOf(route, path) });
}

/** A path that is none of the resource's gives no values; the method is called all the same. */
function pathParametersOf(route: Route, path: string): Readonly<Record<string, string>> {
  return match(route, path.split("/").filter(Boolean))?.pathParameters ?? {};
}

function apiOf({ stacks }: Shared, { api: wanted }: TestInvocation) {
  const apis = stacks.flatMap((stack) => stack.apis.map((deployed) => ({ stack, deployed })));
  const found = apis.filter(
    ({ deployed: { id, api } }) => wanted === undefined || wanted === id || wanted === api.name,
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const known = apis.map(({ deployed: { id, api } }) => `${api.name} (${id})`).join(", ");
  throw unknown(wanted ?? "api", `one API must be tested, and there are ${known || "none"}`, "name one by its id");
}

function routeOf({ routes, api }: ServedStage, { httpMethod, resourcePath }: TestInvocation): Route {
  const onPath = routes.filter(({ method }) => method.resourcePath === resourcePath);
  const serving = (verb: string) => onPath.find(({ method }) => method.httpMethod === verb);
  const route = serving(httpMethod) ?? serving("ANY");
  if (route) return route;
  const verbs = onPath.map(({ method }) => method.httpMethod).join(", ");
  const paths = [...new Set(routes.map(({ method }) => method.resourcePath))].join(", ");
  const known = verbs === "" ? `the resources are ${paths}` : `the resource has ${verbs}`;
  throw unknown(
    api.name,
    `there is no ${httpMethod} ${resourcePath}; ${known}`,
    "name a resource path as it is declared, with its variables in braces, and one of its methods",
  );
}

function unknown(place: string, problem: string, fix: string): ConfigurationError {
  return new ConfigurationError("TEST_INVOCATION_UNKNOWN", place, problem, fix);
}
