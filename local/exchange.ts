import type { Readable } from "node:stream";
import type { MethodDefinition } from "../definition/method";
import type { ModelValidators } from "../definition/model-validators";
import type { RestApiDefinition } from "../definition/rest-api";
import type { StageDefinition } from "../definition/stage";
import type { RouteIndex } from "./addresses/route-index";
import type { StageCallers } from "./auth/callers";
import type { Identity } from "./auth/identities";
import type { Facts } from "./context";
import type { ExecutionLog, LineKinds } from "./execution-log/execution-log";
import type { HeaderLines, Host } from "./host/host";
import type { QueryLines } from "./http/query";
import type { RouteCache } from "./route-cache";
import type { Limiter } from "./state/request-limits";
import type { ApiKeys } from "./steps/check-api-key";

/** A request as it came over the wire. */
export interface IncomingRequest {
  readonly method: string;
  /** Path and query string, byte for byte. */
  readonly target: string;
  readonly headers: HeaderLines;
  /** Whole body; one byte above the payload limit is enough to be refused, the rest may be cut off. */
  readonly body: Buffer;
  readonly sourceIp: string;
  /** The VPC and the VPC endpoint that it came through. */
  readonly sourceVpc?: string;
  readonly sourceVpce?: string;
  /** As in `HTTP/1.1`. */
  readonly protocol: string;
}

/** What the client gets. The transport adds `Content-Length`, `Date` and `Connection`. */
export interface OutgoingResponse {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: Buffer;
  /** What a streaming backend sends after the body, as it comes. @default - nothing */
  readonly rest?: Readable;
}

/** A response on its way back through the steps, with who made it. */
export interface Answer extends OutgoingResponse {
  readonly from: "integration" | "gateway" | "cache";
  /** Why the gateway itself refused: for the developer, never for the client. */
  readonly why?: string;
}

/** A stage that the gateway serves, with everything that can be prepared before the first request. */
export interface ServedStage {
  readonly definition: StageDefinition;
  /** Where it is on localhost, as in `v1`, or `orders/v1` where several APIs have a stage of that name. */
  readonly address: string;
  readonly api: RestApiDefinition;
  readonly apiId: string;
  readonly region: string;
  readonly routes: readonly Route[];
  readonly routesFor: RouteIndex;
  readonly validators: ModelValidators;
  readonly apiKeys: ApiKeys;
  readonly callers: StageCallers;
  /** Where a share of the requests goes. */
  readonly canary?: ServedCanary;
}

/** The canary of a stage: the same routes with other stage variables. */
export interface ServedCanary {
  /** 0 to 100. */
  readonly percentTraffic: number;
  readonly stage: ServedStage;
}

/** One method of one stage. */
export interface Route {
  readonly method: MethodDefinition;
  /** Path segments, as in `["orders", "{orderId}"]`. */
  readonly segments: readonly string[];
  /** Why this route cannot answer rightly; it then answers 501. */
  readonly obstacles: readonly Limitation[];
  /** What all callers share. */
  readonly limiters: readonly Limiter[];
  /** Present when answers are stored. */
  readonly cache?: RouteCache;
  /** Present when the route has an execution log. */
  readonly logs?: LineKinds;
  /** What has no effect here although the definition asks for it. */
  readonly withoutEffect: readonly Limitation[];
}

/** Something of the definition that cannot be emulated. */
export interface Limitation {
  readonly attribute: string;
  readonly reason: string;
}

/** A request that has reached a stage. */
export interface Arrival {
  readonly request: IncomingRequest;
  readonly stage: ServedStage;
  /** Verb that counts for routing. */
  readonly httpMethod: string;
  /** Path below the stage as the client wrote it; begins with one slash. */
  readonly path: string;
  /** The same as functions find it: with the base path of a custom domain. */
  readonly eventPath: string;
  readonly rawQuery: string;
  readonly query: QueryLines;
  /** Headers that an API may see: the client's without those that end here, with those that API Gateway adds. */
  readonly headers: HeaderLines;
  readonly facts: Facts;
  readonly host: Host;
  readonly startedAtMillis: number;
  /** Set when the route has an execution log. */
  log?: ExecutionLog;
}

/** A request that has found its method. */
export interface Exchange extends Arrival {
  /** The request, with its body unpacked when it came in a content coding. */
  request: IncomingRequest;
  readonly route: Route;
  readonly method: MethodDefinition;
  /** Values as the client wrote them, not decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly overrides: Overrides;
  /** Set when an authorizer has let the caller in. */
  caller?: Caller;
  /** Who has signed the request, where the method asks for a signature. */
  signer?: Identity;
}

/** What an authorizer says about a caller. */
export interface Caller {
  /** `$context.authorizer`: texts, and the claims of a token. */
  readonly context: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Value of the caller's API key, where keys come from authorizers. */
  readonly usageIdentifierKey?: string;
}

/** What mapping templates set below `$context.requestOverride` and `$context.responseOverride`. */
export interface Overrides {
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
}

/** A unit of a request's way. The first `request` that answers ends the request phase; `response` runs newest first. */
export interface Step {
  readonly name: string;
  request?(exchange: Exchange): Promise<Answer | undefined> | Answer | undefined;
  response?(exchange: Exchange, answer: Answer): Promise<Answer> | Answer;
}
