import type { AddressInfo } from "node:net";

/**
 * fauxqs finds a queue by the exact URL that it gave out. Callers hold the URL that AWS would give out, with AWS's host and
 * the account of an environment, so the URL in a request is replaced by fauxqs's own for the queue of that name.
 */
export function routeQueueUrls(body: unknown, region: string, address: AddressInfo | string | null): void {
  if (typeof body !== "object" || body === null || !("QueueUrl" in body) || typeof address !== "object") return;
  if (typeof body.QueueUrl !== "string") return;
  const name = body.QueueUrl.slice(body.QueueUrl.lastIndexOf("/") + 1);
  body.QueueUrl = `http://sqs.${region}.localhost:${address?.port}/000000000000/${name}`;
}

/** The URLs that it gives out have a host that not every system resolves. */
export function withReachableQueueUrls(payload: unknown): unknown {
  return typeof payload === "string"
    ? payload.replaceAll(/http:\/\/sqs\.[a-z0-9-]+\.localhost:/g, "http://127.0.0.1:")
    : payload;
}
