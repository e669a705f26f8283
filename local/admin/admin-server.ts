import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { cannotListen } from "../http/cannot-listen";
import type { RunningServer } from "../http/server";

/** What a page answers with. */
export interface Page {
  readonly contentType: string;
  readonly body: string;
}

/** By path, as in `/-/metrics`; made anew for each request. */
export type AdminPages = Readonly<Record<string, () => Page>>;

/** The admin port is for programs of this machine alone. */
const ADMIN_ADDRESS = "127.0.0.1";

const FIX = "choose another port with --admin-port, or leave it out: then any free port is taken";

/** How long a client may take to send a request, and to read what it gets. */
const CLIENT_MILLIS = 10_000;

/** Names of this machine. A web page whose name was bound to 127.0.0.1 still calls itself by that name. */
const OWN_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

const JSON_TYPE = "application/json; charset=utf-8";

/** A page of JSON. */
export function jsonPage(content: unknown): Page {
  return { contentType: JSON_TYPE, body: `${JSON.stringify(content, null, 2)}\n` };
}

/**
 * Serves pages about the gateway on 127.0.0.1, to nobody but this machine: neither to web pages of elsewhere nor under a name
 * that is not this machine's.
 *
 * @param port 0 takes any free port
 * @throws ConfigurationError `PORT_IN_USE`, `CANNOT_LISTEN`
 */
export function listenAdmin(pages: AdminPages, port: number): Promise<RunningServer> {
  const server = createServer({ requestTimeout: CLIENT_MILLIS, requireHostHeader: false }, (request, response) => {
    send(response, request.method === "HEAD", answerTo(request, pages));
  });
  server.timeout = CLIENT_MILLIS;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.on("error", (error: NodeJS.ErrnoException) =>
      reject(cannotListen(error, { host: ADMIN_ADDRESS, port, fixInUse: FIX, fix: FIX })),
    );
    server.listen(port, ADMIN_ADDRESS, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://${ADMIN_ADDRESS}:${port}`, port, close });
    });
  });
}

interface Answer extends Page {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function answerTo(request: IncomingMessage, pages: AdminPages): Answer {
  const hosts = request.headersDistinct.host ?? [];
  const [host = ""] = hosts;
  if (hosts.length !== 1 || !OWN_HOST.test(host)) {
    return failure(403, "this port is asked by the names localhost and 127.0.0.1 only");
  }
  const origins = request.headersDistinct.origin ?? [];
  if (origins.some((origin) => origin.toLowerCase() !== `http://${host.toLowerCase()}`)) {
    return failure(403, "this port answers no web page of another origin");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return { ...failure(405, "this port can be read only"), headers: { Allow: "GET, HEAD" } };
  }
  const [path = ""] = (request.url ?? "").split("?", 1);
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (page === undefined) return failure(404, `there is no such page, only ${Object.keys(pages).join(", ")}`);
  return { status: 200, ...page() };
}

function failure(status: number, message: string): Answer {
  return { status, contentType: JSON_TYPE, body: `${JSON.stringify({ message })}\n` };
}

function send(response: ServerResponse, isHead: boolean, { status, headers, contentType, body }: Answer): void {
  response.writeHead(status, {
    ...headers,
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    // Nothing that a client sends after its head is read.
    Connection: "close",
  });
  response.end(isHead ? undefined : body);
}
