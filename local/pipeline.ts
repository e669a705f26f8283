import type { StackDefinition } from "../definition/stack";
import type { DomainSummary } from "./addresses/custom-domains";
import { destinationsOf } from "./addresses/destination";
import { TRUST_OWN_FUNCTIONS, type Trust } from "./auth/callers";
import type { RequestOrigin } from "./config";
import type { Answer, Arrival, Exchange, IncomingRequest, OutgoingResponse, Step } from "./exchange";
import { failureAnswer, followSteps } from "./follow-steps";
import type { HeaderLines, Host } from "./host/host";
import { arrive } from "./http/arrive";
import { headerValue, isSendableHeader } from "./http/headers";
import { DEFAULT_MEDIA_TYPE } from "./http/media-types";
import { logAccess } from "./log/access-log";
import { observe, observeFailure } from "./observation";
import { explain } from "./refusals/explain";
import { GatewayError } from "./refusals/gateway-error";
import { bareFailure } from "./refusals/gateway-response";
import { NotEmulated } from "./refusals/not-emulated";
import {
  type NotEmulatedSummary,
  type RouteSummary,
  serveStages,
  summarizeNotEmulated,
  summarizeRoutes,
} from "./serve";
import { GatewayState } from "./state/gateway-state";
import { answerFromCache } from "./steps/answer-from-cache";
import { authorize } from "./steps/authorize";
import { checkApiKey } from "./steps/check-api-key";
import { checkResourcePolicy } from "./steps/check-resource-policy";
import { codeContent } from "./steps/code-content";
import { countQuota } from "./steps/count-quota";
import { integrate } from "./steps/integrate";
import { limitPayload } from "./steps/limit-payload";
import { logExecution } from "./steps/log-execution";
import { refuseNotEmulated } from "./steps/refuse-not-emulated";
import { route } from "./steps/route";
import { startExecution } from "./steps/start-execution";
import { throttle } from "./steps/throttle";
import { validateBody } from "./steps/validate-body";
import { validateParameters } from "./steps/validate-parameters";
import { type TestInvocation, type TestInvocationResult, testInvoke } from "./test-invoke";

/**
 * The way of a request through API Gateway. Before it, the request is routed: a path or verb that is not defined never
 * gets here. The first step that answers ends the request phase; then every step entered may change the answer, newest
 * first. A step refuses by throwing a `GatewayError`, which becomes the answer.
 */
export const STEPS: readonly Step[] = [
  refuseNotEmulated,
  limitPayload,
  logExecution,
  checkResourcePolicy,
  authorize,
  codeContent,
  checkApiKey,
  throttle,
  countQuota,
  startExecution,
  validateParameters,
  validateBody,
  answerFromCache,
  integrate,
];

/** What a gateway serves and needs. */
export interface GatewayOptions {
  /** Several are served on one port, as by one account. */
  readonly stacks: readonly StackDefinition[];
  readonly host: Host;
  /** Values of API keys by name; others have the declared value, else `headgate-local-<name>`. */
  readonly apiKeyValues?: Readonly<Record<string, string>>;
  /** False lets all requests pass, whatever throttles and quotas say. @default true */
  readonly hasLimits?: boolean;
  /** Who may sign requests and tokens. @default - the gateway's own functions */
  readonly trust?: Trust;
  /** Where all requests seem to come from. @default - whoever calls, through no VPC */
  readonly origin?: RequestOrigin;
  /** Functions that run as the local file says, whatever they are. @default - none */
  readonly localFunctions?: ReadonlySet<string>;
  /** What a former version of the gateway remembers. @default - nothing */
  readonly state?: GatewayState;
}

/** API Gateway for the APIs of some stacks, without a port. */
export interface Gateway {
  /** Answers a request. Never throws. */
  handle(request: IncomingRequest): Promise<OutgoingResponse>;
  /**
   * Calls a method past HTTP, and gives its whole execution log. Nobody is authorized or throttled.
   *
   * @throws ConfigurationError `TEST_INVOCATION_UNKNOWN`
   */
  testInvoke(invocation: TestInvocation): Promise<TestInvocationResult>;
  routes(): readonly RouteSummary[];
  /** What custom domains serve. */
  domains(): readonly DomainSummary[];
  notEmulated(): readonly NotEmulatedSummary[];
}

/** Creates a gateway. A request goes to the stage that its host and the beginning of its path mean. */
export function createGateway(options: GatewayOptions): Gateway {
  const { stacks, host, apiKeyValues = {}, hasLimits = true, trust = TRUST_OWN_FUNCTIONS, origin } = options;
  const { localFunctions = new Set<string>(), state = new GatewayState() } = options;
  const shared = { stacks, apiKeyValues, hasLimits, trust, localFunctions, state };
  const stages = serveStages(shared);
  const destinations = destinationsOf(
    stages,
    stacks.flatMap(({ domains }) => domains),
  );
  return {
    handle: async (request) => {
      try {
        const found = destinations.find(request);
        if ("stage" in found) return await answer(arrive(origin ? { ...request, ...origin } : request, found, host));
        return told(request, host, () => found, "API Gateway answers this path itself");
      } catch (error) {
        return fail(request, host, error);
      }
    },
    testInvoke: (invocation) => testInvoke(shared, host, invocation),
    routes: () => summarizeRoutes(stages),
    domains: () => destinations.domains,
    notEmulated: () => [...destinations.notEmulated, ...summarizeNotEmulated(stages)],
  };
}

/** Answers where no API is known, or none of its answers can be sent. */
function fail(request: IncomingRequest, host: Host, error: unknown): OutgoingResponse {
  if (error instanceof GatewayError) {
    return told(request, host, (requestId) => bareFailure(error, requestId), explain(error));
  }
  if (error instanceof NotEmulated) {
    return told(request, host, () => error.answer(`${request.method} ${request.target}`), error.message);
  }
  host.reportBug(error);
  const failure = new GatewayError("CONFIGURATION_FAILURE");
  const why = "Internal server error; the reason is in the log";
  return told(request, host, (requestId) => bareFailure(failure, requestId), why);
}

/** An answer without a stage, after the developer has been told. */
function told(
  request: IncomingRequest,
  host: Host,
  answerTo: (requestId: string) => OutgoingResponse,
  why: string,
): OutgoingResponse {
  const requestId = host.uuid();
  const made = answerTo(requestId);
  observeFailure(host, request, made, { requestId, why });
  return made;
}

/** What API Gateway says of bodies that nobody has given a type. */
const DEFAULT_TYPE: HeaderLines = [["Content-Type", DEFAULT_MEDIA_TYPE]];

async function answer(arrival: Arrival): Promise<OutgoingResponse> {
  const { made, exchange } = await follow(arrival);
  const { facts } = arrival;
  logAccess(exchange ?? arrival, made);
  const response = sendable({
    status: made.status,
    headers: [
      ["x-amzn-RequestId", String(facts.get("requestId"))],
      ["x-amz-apigw-id", String(facts.get("extendedRequestId"))],
      ...(headerValue(made.headers, "content-type") === undefined ? DEFAULT_TYPE : []),
      ...made.headers,
    ],
    body: made.body,
    ...(made.rest && { rest: made.rest }),
  });
  observe(arrival, made, exchange);
  return response;
}

/** Answers of a backend may be no HTTP at all; the connection with the client would break. */
function sendable(response: OutgoingResponse): OutgoingResponse {
  const { status, headers } = response;
  const broken = headers.find(([name, value]) => !isSendableHeader(name, value));
  if (broken) throw new Error(`an answer has the header "${broken[0]}", which cannot be sent`);
  if (!(status >= 200 && status <= 999)) throw new Error(`an answer has the status ${status}`);
  return response;
}

async function follow(arrival: Arrival): Promise<{ readonly made: Answer; readonly exchange?: Exchange }> {
  let exchange: Exchange;
  try {
    exchange = route(arrival);
  } catch (error) {
    return { made: failureAnswer(arrival, error, `${arrival.httpMethod} ${arrival.path}`) };
  }
  return { made: await followSteps(exchange, STEPS), exchange };
}
