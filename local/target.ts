import type { IncomingRequest } from "./exchange";
import { GatewayError } from "./gateway-error";
import { headerValue } from "./headers";

/** The path and query string of a request, and the host that it is for. */
export interface Target {
  /** In lower case, without port, and without the `.localhost` that stands behind a name of AWS or a custom domain. */
  readonly host: string;
  /** The `Host` header as it came. */
  readonly hostHeader: string;
  /** Without slashes at its beginning. */
  readonly path: string;
  readonly rawQuery: string;
}

/** Splits the target of a request, which may also be an absolute URL. */
export function parseTarget({ target, headers }: IncomingRequest): Target {
  const [, originForm = ""] = /^(?:https?:\/\/[^/?]*)?(.*)$/is.exec(target) ?? [];
  const question = originForm.indexOf("?");
  const path = question < 0 ? originForm : originForm.slice(0, question);
  const hostHeader = headerValue(headers, "host") ?? "localhost";
  return {
    host: nameOf(hostHeader),
    hostHeader,
    path: path.replace(/^\/+/, ""),
    rawQuery: question < 0 ? "" : originForm.slice(question + 1),
  };
}

function nameOf(hostHeader: string): string {
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
