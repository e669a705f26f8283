import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { headerLines } from "../http/headers";
import { MAX_PAYLOAD_BYTES } from "../steps/limit-payload";
import { type BackendRequest, type BackendResponse, BackendUnreachable } from "./host";

const AGENTS = {
  http: new http.Agent({ keepAlive: true }),
  https: new https.Agent({ keepAlive: true }),
  httpsUnverified: new https.Agent({ keepAlive: true, rejectUnauthorized: false }),
};

/** Verbs that may be repeated when nobody knows whether the first try arrived (RFC 9110, 9.2.2). */
const REPEATABLE = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PUT"]);

/**
 * Sends a request as it is: names, order and case of headers kept, nothing added, nothing decoded, no redirect followed.
 * The body is cut off one byte above API Gateway's limit.
 *
 * @throws BackendUnreachable when there is no complete answer
 */
export async function nodeFetch(request: BackendRequest, signal: AbortSignal): Promise<BackendResponse> {
  try {
    return await send(request, signal);
  } catch (error) {
    // A kept connection may have been closed by the backend just now; that says nothing about the backend.
    if (error instanceof StaleConnection) return send(request, signal);
    throw error;
  }
}

class StaleConnection extends BackendUnreachable {}

function send(request: BackendRequest, signal: AbortSignal): Promise<BackendResponse> {
  const { url, method, headers, body, insecureSkipVerification } = request;
  const isSecure = url.startsWith("https:");
  const agent = isSecure ? (insecureSkipVerification ? AGENTS.httpsUnverified : AGENTS.https) : AGENTS.http;
  return new Promise((resolve, reject) => {
    const outgoing = (isSecure ? https : http).request(url, { method, headers: headers.flat(), agent, signal });
    outgoing.on("response", (response) => resolve(read(response)));
    // Nobody has asked for another protocol; without a listener neither an answer nor an error would come.
    outgoing.on("upgrade", (_response, socket: Socket) => {
      socket.destroy();
      reject(new BackendUnreachable(`${method} ${url}: the backend switched protocols`));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const isStale = outgoing.reusedSocket && error.code === "ECONNRESET" && REPEATABLE.has(method);
      const Failure = isStale ? StaleConnection : BackendUnreachable;
      reject(new Failure(`${method} ${url}: ${error.message || error.code}`, { cause: error }));
    });
    outgoing.end(body);
  });
}

async function read(response: http.IncomingMessage): Promise<BackendResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_PAYLOAD_BYTES) break;
    }
  } catch (error) {
    throw new BackendUnreachable("the backend broke off its answer", { cause: error });
  }
  return {
    status: response.statusCode ?? 502,
    headers: headerLines(response.rawHeaders),
    body: Buffer.concat(chunks).subarray(0, MAX_PAYLOAD_BYTES + 1),
  };
}
