import type { BackendRequest, BackendResponse } from "../../local/host/host";
import { BackendUnreachable } from "../../local/host/host";
import { headerValue } from "../../local/http/headers";
import type { BackendBehaviour } from "./conformance-case";

type Answer = Partial<BackendResponse>;

export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
}

interface Call {
  readonly behaviour: BackendBehaviour;
  readonly request: BackendRequest;
  readonly url: URL;
  /** What has been stored, by path. */
  readonly objects: Map<string, StoredObject>;
}

/** What backends answer, by `kind`. */
const KINDS: Readonly<Record<string, (call: Call) => Answer>> = {
  respond: ({ behaviour: { status = 200, headers = {}, body = "", bodyBase64, bodyLength } }) => ({
    status,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((line) => [name, String(line)] as const),
    ),
    body:
      bodyLength === undefined
        ? Buffer.from(bodyBase64 ?? body, bodyBase64 === undefined ? "utf8" : "base64")
        : Buffer.alloc(bodyLength, "a"),
  }),
  echo_body: ({ request: { body = Buffer.alloc(0) } }) => ({ headers: [["Content-Type", "application/json"]], body }),
  echo_request_json: ({ request }) => json({ headers: headersOf(request) }),
  describe_request: ({ request, url }) =>
    json({
      args: Object.fromEntries(url.searchParams),
      data: request.body?.toString() ?? "",
      headers: headersOf(request),
      method: request.method,
      path: url.pathname,
    }),
  wrap_json: ({ request }) => json({ json: parsed(request.body?.toString() ?? "") }),
  status_from_path: ({ url }) => {
    const status = Number(/\/status\/(\d+)/.exec(url.pathname)?.[1]);
    return { ...json({ message: "", status_code: status }), status };
  },
  object_store: store,
  refuse_connection: () => {
    throw new BackendUnreachable("connect ECONNREFUSED");
  },
};

/** Lets a backend answer what its case says. */
export function answer(call: Call): Answer {
  const kind = KINDS[call.behaviour.kind];
  if (!kind) throw new Error(`backends cannot be of the kind ${call.behaviour.kind}`);
  return kind(call);
}

function store({ request, url, objects }: Call): Answer {
  if (request.method === "PUT") {
    const contentType = headerValue(request.headers, "content-type") ?? "binary/octet-stream";
    objects.set(url.pathname, { bytes: request.body ?? Buffer.alloc(0), contentType });
  }
  if (request.method === "DELETE") objects.delete(url.pathname);
  if (request.method !== "GET") return { status: request.method === "DELETE" ? 204 : 200 };
  const found = objects.get(url.pathname);
  if (found) return { headers: [["Content-Type", found.contentType]], body: found.bytes };
  const problem = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>`;
  return { status: 404, headers: [["Content-Type", "application/xml"]], body: Buffer.from(problem) };
}

function json(value: unknown): Answer {
  return { headers: [["Content-Type", "application/json"]], body: Buffer.from(JSON.stringify(value)) };
}

function headersOf({ headers }: BackendRequest): Record<string, string> {
  return Object.fromEntries(headers);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
