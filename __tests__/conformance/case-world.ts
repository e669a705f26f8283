import { createHash } from "node:crypto";
import type {
  BackendRequest,
  BackendResponse,
  HeaderLines,
  Host,
  Invocation,
  InvocationResult,
} from "../../local/host/host";
import { headerValue } from "../../local/http/headers";
import { answer, type StoredObject } from "./backends";
import type { BackendBehaviour, CaseApi, ConformanceCase, LambdaBehaviour } from "./conformance-case";
import { backendOrigin } from "./definition-of";
import { behave } from "./lambda-behaviours";

/** A request that a backend has received. */
export interface ReceivedRequest extends BackendRequest {
  readonly parsedUrl: URL;
}

/** When every case happens. */
export const START = Date.UTC(2025, 2, 14, 9, 26, 53, 589);

/** What surrounds the gateway in one run of a case: functions, backends, a clock that stands still, and logs. */
export class CaseWorld {
  readonly events = new Map<string, unknown[]>();
  readonly backendRequests = new Map<string, ReceivedRequest>();
  readonly accessLog: string[] = [];
  readonly executionLog: string[] = [];
  readonly bugs: unknown[] = [];
  /** Replaced from step to step. */
  backends: Readonly<Record<string, BackendBehaviour>>;
  private readonly seed: string;
  private readonly api: CaseApi;
  private readonly functions: Readonly<Record<string, LambdaBehaviour>>;
  private readonly objects = new Map<string, StoredObject>();
  private made = 0;

  constructor(
    { id, api, lambda_behaviour = {}, backend = {} }: ConformanceCase,
    private readonly apiId: string,
  ) {
    this.seed = id;
    this.api = api;
    this.functions = lambda_behaviour;
    this.backends = backend;
  }

  readonly host: Host = {
    random: () => this.random(),
    now: () => START,
    uuid: () => this.uuid(),
    fetch: (request, signal) => this.fetch(request, signal),
    invoke: (invocation) => this.invoke(invocation),
    accessLog: (_stage, line) => this.accessLog.push(line),
    executionLog: (_stage, line) => this.executionLog.push(line),
    observe: () => undefined,
    reportBug: (error) => this.bugs.push(error),
  };

  /** Below 1, the same in every run. */
  private random(): number {
    return Number.parseInt(this.nextHex().slice(0, 12), 16) / 2 ** 48;
  }

  private nextHex(): string {
    return createHash("sha256")
      .update(`${this.seed} ${++this.made}`)
      .digest("hex");
  }

  private uuid(): string {
    const hex = this.nextHex();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  private async fetch(request: BackendRequest, signal: AbortSignal): Promise<BackendResponse> {
    const url = new URL(request.url);
    const name = this.backendName(request, url);
    const behaviour = this.backends[name];
    if (!behaviour) throw new Error(`the case has no backend ${name}`);
    this.backendRequests.set(name, { ...request, parsedUrl: url });
    await elapsed(behaviour.delayMs, signal);
    const made = {
      status: 200,
      headers: [],
      body: Buffer.alloc(0),
      ...answer({ behaviour, request, url, objects: this.objects }),
    };
    return { ...made, headers: withServerHeaders(made) };
  }

  /** Services are named by the integration that calls them, HTTP backends by their host. */
  private backendName({ awsService }: BackendRequest, url: URL): string {
    const names = Object.keys(this.backends);
    const stubs = Object.values(this.api.resources ?? {})
      .flatMap((methods) => Object.values(methods))
      .map(({ integration }) => integration?.uri)
      .flatMap((uri) => (typeof uri === "object" && "stub" in uri && uri.service === awsService ? [uri.stub] : []));
    if (awsService !== undefined) return stubs[0] ?? names[0] ?? awsService;
    return names.find((name) => backendOrigin(name) === url.origin) ?? names[0] ?? url.host;
  }

  private async invoke({ functionName, payload, type, signal }: Invocation): Promise<InvocationResult> {
    const requestId = this.uuid();
    const behaviour = this.functions[functionName];
    if (!behaviour) return { status: 404, payload: Buffer.from("{}"), requestId };
    const event: Record<string, unknown> = JSON.parse(payload.toString());
    const events = [...(this.events.get(functionName) ?? []), event];
    this.events.set(functionName, events);
    if (type === "Event") return { status: 202, payload: Buffer.alloc(0), requestId };
    await elapsed(behaviour.delayMs, signal?.());
    const result = behave({ behaviour, event, payload, invocation: events.length, apiId: this.apiId, requestId });
    return { status: 200, requestId, ...result };
  }
}

/** Every server says when it answers, and how much. */
function withServerHeaders({ headers, body }: BackendResponse): HeaderLines {
  const said = [
    ["Date", new Date(START).toUTCString()],
    ["Content-Length", String(body.length)],
  ] as const;
  return [...headers, ...said.filter(([name]) => headerValue(headers, name) === undefined)];
}

/** Waits for a slow backend, but no longer than the gateway does. */
function elapsed(delayMs: number | undefined, signal: AbortSignal | undefined): Promise<void> {
  if (delayMs === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
