import type { IncomingRequest } from "../exchange";
import { headerValue } from "../http/headers";
import { GatewayError } from "../refusals/gateway-error";

/** The path and query string of a request, and the host that it is for. */
export interface Target {
  /** The `Host` header as it came. */
  readonly hostHeader: string;
  /** Without slashes at its beginning. */
  readonly path: string;
  readonly rawQuery: string;
}

/** Splits the target of a request, which may also be an absolute URL. */
export function parseTarget({ target, headers }: IncomingRequest): Target {
  const originForm = target.startsWith("/") ? target : target.replace(/^https?:\/\/[^/?]*/i, "");
  const question = originForm.indexOf("?");
  const hostHeader = headerValue(headers, "host") ?? "localhost";
  return {
    hostHeader,
    path: withoutLeadingSlashes(question < 0 ? originForm : originForm.slice(0, question)),
    rawQuery: question < 0 ? "" : originForm.slice(question + 1),
  };
}

/** A path as it follows a stage or a base path. */
export function withoutLeadingSlashes(path: string): string {
  let start = 0;
  while (path[start] === "/") start++;
  return path.slice(start);
}

/** What a `Host` header means: in lower case, without port, and without the `.localhost` behind a name of AWS or a custom domain. */
export function hostName(hostHeader: string): string {
  return hostHeader
    .toLowerCase()
    .replace(/:\d*$/, "")
    .replace(/\.$/, "")
    .replace(/\.localhost$/, "");
}

/** The first segment of a path, and what follows it with its slash. */
export function firstSegment(path: string): [segment: string, rest: string] {
  const slash = path.indexOf("/");
  return slash < 0 ? [path, ""] : [path.slice(0, slash), path.slice(slash)];
}

/** What AWS says where a host, a base path or a stage leads to nothing. */
export function leadsNowhere(reason: string): GatewayError {
  return new GatewayError("UNKNOWN_STAGE", { reason });
}
