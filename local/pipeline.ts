import type { StackDefinition } from "../definition/stack";
import { logAccess } from "./access-log";
import { arrive, parseTarget } from "./arrive";
import { TRUST_OWN_FUNCTIONS, type Trust } from "./auth/callers";
import type { Answer, Arrival, Exchange, IncomingRequest, OutgoingResponse, Step } from "./exchange";
import { explain } from "./explain";
import { GatewayError } from "./gateway-error";
import { bareFailure, gatewayResponse } from "./gateway-response";
import { isSendableHeader } from "./headers";
import type { Host } from "./host";
import { NotEmulated } from "./not-emulated";
import {
  type NotEmulatedSummary,
  type RouteSummary,
  routeName,
  serveStages,
  summarizeNotEmulated,
  summarizeRoutes,
} from "./serve";
import { requestLimits, UNLIMITED } from "./state/request-limits";
import { answerFromCache } from "./steps/answer-from-cache";
import { authorize } from "./steps/authorize";
import { checkApiKey } from "./steps/check-api-key";
import { checkResourcePolicy } from "./steps/check-resource-policy";
import { codeContent } from "./steps/code-content";
import { countQuota } from "./steps/count-quota";
import { integrate } from "./steps/integrate";
import { limitPayload } from "./steps/limit-payload";
import { refuseNotEmulated } from "./steps/refuse-not-emulated";
import { route } from "./steps/route";
import { throttle } from "./steps/throttle";
import { validateBody } from "./steps/validate-body";
import { validateParameters } from "./steps/validate-parameters";

/**
 * The way of a request through API Gateway. Before it, the request is routed: a path or verb that is not defined never
 * gets here. The first step that answers ends the request phase; then every step entered may change the answer, newest
 * first. A step refuses by throwing a `GatewayError`, which becomes the answer.
 */
export const STEPS: readonly Step[] = [
  refuseNotEmulated,
  limitPayload,
  checkResourcePolicy,
  authorize,
  codeContent,
  checkApiKey,
  throttle,
  countQuota,
  validateParameters,
  validateBody,
  answerFromCache,
  integrate,
];

/** What a gateway serves and needs. */
export interface GatewayOptions {
  readonly stack: StackDefinition;
  readonly host: Host;
  /** Values of API keys by name; others have the declared value, else `headgate-local-<name>`. */
  readonly apiKeyValues?: Readonly<Record<string, string>>;
  /** False lets all requests pass, whatever throttles and quotas say. @default true */
  readonly hasLimits?: boolean;
  /** Who may sign requests and tokens. @default - the gateway's own functions */
  readonly trust?: Trust;
}

/** API Gateway for the APIs of one stack, without a port. */
export interface Gateway {
  /** Answers a request. Never throws. */
  handle(request: IncomingRequest): Promise<OutgoingResponse>;
  routes(): readonly RouteSummary[];
  notEmulated(): readonly NotEmulatedSummary[];
}

/**
 * Creates a gateway. A request goes to the stage that its first path segment names.
 *
 * @throws ConfigurationError `STAGE_NAME_SHARED`
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { stack, host, apiKeyValues = {}, hasLimits = true, trust = TRUST_OWN_FUNCTIONS } = options;
  const stages = serveStages({ stack, apiKeyValues, limits: hasLimits ? requestLimits(stack) : UNLIMITED, trust });
  return {
    handle: async (request) => {
      try {
        const target = parseTarget(request.target);
        const stage = stages.get(target.stageName);
        if (!stage) {
          const known = [...stages.keys()].map((name) => `/${name}`).join(", ");
          host.explain(
            `${request.method} ${request.target} → 403 Forbidden; no stage has this first segment, only ${known}`,
          );
          return bareFailure(new GatewayError("UNKNOWN_STAGE"), host.uuid());
        }
        return sendable(await answer(arrive(request, target, stage, host)));
      } catch (error) {
        host.reportBug(error);
        return bareFailure(new GatewayError("CONFIGURATION_FAILURE"), host.uuid());
      }
    },
    routes: () => summarizeRoutes(stages),
    notEmulated: () => summarizeNotEmulated(stages),
  };
}

async function answer(arrival: Arrival): Promise<OutgoingResponse> {
  const made = await follow(arrival);
  const { facts } = arrival;
  logAccess(arrival, made);
  return {
    status: made.status,
    headers: [
      ["x-amzn-RequestId", String(facts.get("requestId"))],
      ["x-amz-apigw-id", String(facts.get("extendedRequestId"))],
      ...made.headers,
    ],
    body: made.body,
  };
}

/** Answers of a backend may be no HTTP at all; the connection with the client would break. */
function sendable(response: OutgoingResponse): OutgoingResponse {
  const { status, headers } = response;
  const broken = headers.find(([name, value]) => !isSendableHeader(name, value));
  if (broken) throw new Error(`an answer has the header "${broken[0]}", which cannot be sent`);
  if (!(status >= 200 && status <= 999)) throw new Error(`an answer has the status ${status}`);
  return response;
}

async function follow(arrival: Arrival): Promise<Answer> {
  let exchange: Exchange;
  try {
    exchange = route(arrival);
  } catch (error) {
    return failureAnswer(arrival, error, `${arrival.httpMethod} ${arrival.path}`);
  }
  const name = routeName(exchange.stage, exchange.route);
  const entered: Step[] = [];
  let made: Answer;
  try {
    made = await firstAnswer(exchange, entered);
  } catch (error) {
    made = failureAnswer(exchange, error, name);
  }
  for (const step of entered.reverse()) {
    try {
      made = (await step.response?.(exchange, made)) ?? made;
    } catch (error) {
      made = failureAnswer(exchange, error, name);
    }
  }
  return made;
}

async function firstAnswer(exchange: Exchange, entered: Step[]): Promise<Answer> {
  for (const step of STEPS) {
    entered.push(step);
    const made = await step.request?.(exchange);
    if (made) return made;
  }
  throw new Error("no step has answered");
}

function failureAnswer(arrival: Arrival, error: unknown, name: string): Answer {
  if (error instanceof GatewayError) {
    const refusal = gatewayResponse(arrival, error);
    arrival.host.explain(explain(`${arrival.httpMethod} ${arrival.path}`, refusal.status, error));
    return refusal;
  }
  if (error instanceof NotEmulated) return error.answer(name);
  arrival.host.reportBug(error);
  return gatewayResponse(arrival, new GatewayError("CONFIGURATION_FAILURE"));
}
