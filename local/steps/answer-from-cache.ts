import { invalidationDenied, voteForSigner } from "../auth/access";
import type { Vote } from "../auth/policy";
import type { Answer, Exchange, Step } from "../exchange";
import { answeredLines } from "../execution-log/endpoint-lines";
import type { HeaderLines } from "../host/host";
import { headerValues } from "../http/headers";
import { type RouteCache, storesAnswersTo } from "../route-cache";

/** For callers who ask for a fresh answer, may not, and get the stored one. */
const WARNING = ["Warning", "199 Cache-control headers were ignored because the caller was unauthorized."] as const;

/**
 * Answers with what is stored, and stores what integrations answer, whatever its status. Callers with
 * `Cache-Control: max-age=0` get a fresh answer, which replaces the stored one, if they may.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export const answerFromCache: Step = {
  name: "answer from cache",
  request(exchange) {
    const cache = cacheFor(exchange);
    if (!cache) return undefined;
    if (asksForFreshAnswer(exchange)) {
      if (mayInvalidate(exchange, cache)) return undefined;
      if (cache.unauthorized === "FAIL_WITH_403") {
        throw invalidationDenied(exchange, voteToInvalidate(exchange));
      }
    }
    const stored = cache.store.get(cache.keyOf(exchange), exchange.host.now());
    if (!stored) return undefined;
    const answer: Answer = { ...stored, from: "cache", headers: withOwnTrace(exchange, stored.headers) };
    exchange.log?.write(...answeredLines(answer));
    return answer;
  },
  response(exchange, answer) {
    const cache = cacheFor(exchange);
    if (!cache) return answer;
    if (answer.from === "integration" && !answer.rest) {
      cache.store.set(cache.keyOf(exchange), answer, exchange.host.now() + cache.ttlMillis);
    }
    const isWarned = cache.unauthorized === "SUCCEED_WITH_RESPONSE_HEADER" && asksForFreshAnswer(exchange);
    return isWarned && !mayInvalidate(exchange, cache) ? { ...answer, headers: [...answer.headers, WARNING] } : answer;
  },
};

function cacheFor({ route: { cache }, httpMethod }: Exchange): RouteCache | undefined {
  return cache && storesAnswersTo(cache, httpMethod) ? cache : undefined;
}

function asksForFreshAnswer({ headers }: Exchange): boolean {
  return headerValues(headers, "cache-control").some((value) => /(^|,)\s*max-age\s*=\s*0\s*(,|$)/i.test(value));
}

/** Only who has signed the request can have the permission; where everybody may, nobody is asked for it. */
function mayInvalidate(exchange: Exchange, { unauthorized }: RouteCache): boolean {
  return unauthorized === undefined || voteToInvalidate(exchange) === "Allow";
}

function voteToInvalidate(exchange: Exchange): Vote {
  return exchange.signer ? voteForSigner(exchange, exchange.signer, "InvalidateCache") : "None";
}

/** The trace is that of the request, not of the one that was stored. */
function withOwnTrace({ facts }: Exchange, headers: HeaderLines): HeaderLines {
  return headers.map((line) =>
    line[0].toLowerCase() === "x-amzn-trace-id" ? [line[0], String(facts.get("xrayTraceId"))] : line,
  );
}
