import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { ConfigurationError } from "../../definition/configuration-error";
import { headerValue, replaceHeaders } from "../http/headers";
import type { Log } from "../log/entry";
import { callService } from "../services/service-endpoints";
import type { BackendRequest, Host } from "./host";
import { nodeFetch } from "./node-fetch";

/** What differs from calling the internet. */
export interface NodeHostOptions {
  /** Origin that an integration calls → URL that answers instead. */
  readonly origins: Readonly<Record<string, string>>;
  /** AWS service, as in `sqs` → URL that stands for it. */
  readonly serviceEndpoints: Readonly<Record<string, string>>;
  readonly invoke: Host["invoke"];
  /** @default - nobody debugs */
  readonly isDebugged?: () => boolean;
  /** Takes lines of access logs, what became of requests, and bugs. @default - dropped */
  readonly log?: Log;
}

/** The real outside world: clock, randomness, HTTP, functions, terminal. */
export function createNodeHost({
  origins,
  serviceEndpoints,
  invoke,
  isDebugged = () => false,
  log = () => {},
}: NodeHostOptions): Host {
  return {
    now: Date.now,
    random: Math.random,
    uuid: randomUUID,
    fetch: async (request, signal) => {
      const { awsService } = request;
      if (awsService === undefined) return nodeFetch(redirect(request, origins), signal);
      return callService(request, awsService, serviceEndpoints, (local) => nodeFetch(local, signal));
    },
    invoke,
    isDebugged,
    accessLog: (stage, line) => log({ kind: "access", stage, line }),
    executionLog: (stage, line) => log({ kind: "execution", stage, line }),
    observe: (observation) => log({ kind: "request", ...observation }),
    reportBug: (error) => log({ kind: "error", text: textOf(error) }),
  };
}

/** A mistake of the user that shows only when a request comes, such as a missing zip, is told without a stack. */
function textOf(error: unknown): string {
  return error instanceof ConfigurationError ? error.message : inspect(error);
}

/** The request with its origin replaced. The backend finds its own name in `Host`, unless the definition maps another. */
function redirect(request: BackendRequest, origins: NodeHostOptions["origins"]): BackendRequest {
  const url = new URL(request.url);
  const base = origins[url.origin];
  if (base === undefined) return request;
  const target = `${base.replace(/\/+$/, "")}${url.pathname}${url.search}`;
  const isOwnHost = headerValue(request.headers, "host") === url.host;
  const headers = isOwnHost ? replaceHeaders(request.headers, [["Host", new URL(target).host]]) : request.headers;
  return { ...request, url: target, headers };
}
