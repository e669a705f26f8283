import type { Answer, Arrival, Exchange, IncomingRequest, OutgoingResponse } from "./exchange";
import type { Host } from "./host/host";
import { storesAnswersTo } from "./route-cache";

/** What became of one request: for the log and the metrics of the gateway, never for its client. */
export interface Observation {
  readonly requestId: string;
  /** Verb as the client sent it. */
  readonly httpMethod: string;
  /** Path as the client sent it, with the stage, without the query string. */
  readonly path: string;
  readonly status: number;
  /** Who made the answer. */
  readonly from: Answer["from"];
  readonly latencyMillis: number;
  /** Absent where no backend was called. */
  readonly integrationLatencyMillis?: number;
  /** Name of the API; absent where the request means none. */
  readonly api?: string;
  /** Absent where the request means none. */
  readonly stage?: string;
  /** Absent where no method was found. */
  readonly route?: ObservedRoute;
  /** Type of the gateway response, as in `THROTTLED`. */
  readonly responseType?: string;
  /** Why the gateway itself refused, for the developer. */
  readonly why?: string;
}

/** The method that served a request, as it is declared. */
export interface ObservedRoute {
  readonly httpMethod: string;
  readonly resourcePath: string;
  /** Whether its answers are stored. */
  readonly isCached: boolean;
}

/** Tells the host of a request that has reached a stage. */
export function observe(arrival: Arrival, answer: Answer, exchange?: Exchange): void {
  const { facts, host, request, stage } = arrival;
  const integrationLatencyMillis = facts.get("integrationLatency");
  const responseType = facts.get("error.responseType");
  host.observe({
    requestId: String(facts.get("requestId")),
    httpMethod: request.method,
    path: pathOf(request),
    status: answer.status,
    from: answer.from,
    latencyMillis: host.now() - arrival.startedAtMillis,
    ...(typeof integrationLatencyMillis === "number" && { integrationLatencyMillis }),
    api: stage.api.name,
    stage: stage.definition.name,
    ...(exchange && { route: observedRoute(exchange) }),
    ...(answer.from === "gateway" && typeof responseType === "string" && { responseType }),
    ...(answer.why !== undefined && { why: answer.why }),
  });
}

function observedRoute({ route, method, httpMethod }: Exchange): ObservedRoute {
  const isCached = route.cache !== undefined && storesAnswersTo(route.cache, httpMethod);
  return { httpMethod: method.httpMethod, resourcePath: method.resourcePath, isCached };
}

/** Tells the host of a request that has reached no stage, or whose answer could not be sent. */
export function observeFailure(
  host: Host,
  request: IncomingRequest,
  { status }: OutgoingResponse,
  told: { readonly requestId: string; readonly why: string },
): void {
  const { method: httpMethod } = request;
  host.observe({ ...told, httpMethod, path: pathOf(request), status, from: "gateway", latencyMillis: 0 });
}

function pathOf({ target }: IncomingRequest): string {
  const question = target.indexOf("?");
  return question < 0 ? target : target.slice(0, question);
}
