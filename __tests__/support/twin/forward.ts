import { request as httpRequest } from "node:http";
import type { JsonObject } from "../../../definition/json";
import type { Answer, HttpRequest } from "./http";

/** Hop-by-hop and framing headers: each side sets its own. */
const DROPPED = ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "expect"];

/** Sends a request on as it came, or changed, and collects the answer. */
export async function forwardTo(
  origin: string,
  request: HttpRequest,
  change: { readonly method?: string; readonly path?: string; readonly body?: JsonObject } = {},
): Promise<Answer> {
  const query = request.query.size > 0 ? `?${request.query}` : "";
  const body = change.body ? Buffer.from(JSON.stringify(change.body)) : request.body;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !DROPPED.includes(name)));
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${origin}${change.path ?? request.path + query}`,
      {
        method: change.method ?? request.method,
        headers: {
          ...headers,
          "content-length": body.length,
          ...(change.body && { "content-type": "application/json" }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({
            status: incoming.statusCode ?? 502,
            headers: singleHeaders(incoming.headers),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function singleHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !DROPPED.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
