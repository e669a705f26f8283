import type { RunningGateway } from "./headgate-process";

/** Opens the routes that need a key. */
export const PRO = { "x-api-key": "headgate-local-pro" };

/** An answer with its JSON body; an empty one reads as `{}`. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface RequestOptions {
  readonly headers?: object;
  /** A string goes as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** Sends one request to the stage `v1`. */
export async function send(
  { url }: RunningGateway,
  method: string,
  path: string,
  { headers = {}, body }: RequestOptions = {},
): Promise<Answer> {
  const response = await fetch(`${url}/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
}

/** URL of a service behind the API, as the terminal shows it. */
export function serviceUrl(gateway: RunningGateway, name: string): string {
  return new RegExp(`^  ${name} +(http://\\S+)$`, "m").exec(gateway.output())?.[1] ?? "";
}
