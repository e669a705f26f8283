import type { JsonObject } from "../../definition/json";

/** One case, as a file holds it; what every member means stands in `README.md`. */
export interface ConformanceCase {
  readonly id: string;
  readonly title: string;
  readonly topic: string;
  readonly evidence: string;
  readonly confidence: "high" | "medium" | "low";
  readonly api: CaseApi;
  readonly lambda_behaviour?: Readonly<Record<string, LambdaBehaviour>>;
  readonly backend?: Readonly<Record<string, BackendBehaviour>>;
  readonly request?: CaseRequest;
  readonly repeat?: number;
  readonly concurrent?: boolean;
  readonly expect?: Expectations;
  readonly steps?: readonly CaseStep[];
}

export interface CaseStep {
  readonly label?: string;
  readonly backend?: Readonly<Record<string, BackendBehaviour>>;
  readonly request: CaseRequest;
  readonly repeat?: number;
  readonly concurrent?: boolean;
  readonly expect: Expectations;
}

export interface CaseApi {
  readonly stage: string;
  readonly endpointType?: string;
  readonly resources?: Readonly<Record<string, Readonly<Record<string, CaseMethod>>>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly stages?: Readonly<Record<string, { readonly stageVariables?: Readonly<Record<string, string>> }>>;
  readonly binaryMediaTypes?: readonly string[];
  readonly minimumCompressionSize?: number;
  readonly models?: Readonly<Record<string, { readonly contentType?: string; readonly schema: JsonObject }>>;
  readonly requestValidators?: Readonly<
    Record<string, { readonly validateRequestBody?: boolean; readonly validateRequestParameters?: boolean }>
  >;
  readonly authorizers?: Readonly<Record<string, CaseAuthorizer>>;
  readonly gatewayResponses?: Readonly<Record<string, CaseGatewayResponse>>;
  readonly apiKeySource?: "HEADER" | "AUTHORIZER";
  readonly apiKeys?: Readonly<Record<string, { readonly value: string; readonly enabled?: boolean }>>;
  readonly usagePlans?: Readonly<Record<string, CaseUsagePlan>>;
  readonly cache?: CaseCache;
  readonly canary?: {
    readonly percentTraffic: number;
    readonly stageVariableOverrides?: Readonly<Record<string, string>>;
    readonly useStageCache?: boolean;
  };
  readonly accessLogFormat?: string;
  readonly resourcePolicy?: JsonObject;
  /** Of all methods, or by method path. */
  readonly methodSettings?: JsonObject;
  readonly invalid?: InvalidFragment;
  readonly identityPolicyEffect?: PolicyEffect;
  readonly resourcePolicyEffect?: PolicyEffect;
}

export type PolicyEffect = "Allow" | "Deny" | "None";

/** What AWS refuses: one of these. */
export interface InvalidFragment {
  readonly integration?: CaseIntegration;
  readonly method?: CaseMethod & { readonly httpMethod?: string };
  readonly resources?: readonly string[];
  readonly stage?: { readonly accessLogSettings?: { readonly destinationArn?: string; readonly format?: string } };
}

export interface CaseMethod {
  readonly authorizationType?: string;
  readonly authorizer?: string;
  readonly authorizationScopes?: readonly string[];
  readonly apiKeyRequired?: boolean;
  readonly requestParameters?: Readonly<Record<string, boolean>>;
  readonly requestModels?: Readonly<Record<string, string>>;
  readonly requestValidator?: string;
  readonly integration?: CaseIntegration;
  readonly methodResponses?: readonly {
    readonly statusCode: string;
    readonly responseParameters?: Readonly<Record<string, boolean>>;
    readonly responseModels?: Readonly<Record<string, string>>;
  }[];
}

export interface CaseIntegration {
  readonly type?: string;
  readonly integrationHttpMethod?: string;
  readonly uri?: CaseUri | string;
  readonly credentials?: string;
  readonly requestTemplates?: Readonly<Record<string, string>>;
  readonly requestParameters?: Readonly<Record<string, string>>;
  readonly passthroughBehavior?: string;
  readonly contentHandling?: string;
  readonly timeoutInMillis?: number;
  readonly cacheKeyParameters?: readonly string[];
  readonly integrationResponses?: readonly {
    readonly statusCode: string;
    readonly selectionPattern?: string;
    readonly responseTemplates?: Readonly<Record<string, string>>;
    readonly responseParameters?: Readonly<Record<string, string>>;
    readonly contentHandling?: string;
  }[];
}

export type CaseUri =
  | { readonly kind: "lambda"; readonly function?: string; readonly functionExpr?: string }
  | { readonly kind: "http"; readonly backend?: string; readonly path?: string; readonly expr?: string }
  | {
      readonly kind: "aws-path" | "aws-action";
      readonly service: string;
      readonly target: string;
      readonly stub: string;
    };

export interface CaseAuthorizer {
  readonly type: string;
  readonly identitySource?: string;
  readonly identityValidationExpression?: string;
  readonly function?: string;
  readonly ttl?: number;
  readonly providers?: readonly string[];
}

export interface CaseGatewayResponse {
  readonly statusCode?: string;
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates?: Readonly<Record<string, string>>;
}

export interface CaseUsagePlan {
  readonly stages: readonly string[];
  readonly keys: readonly string[];
  readonly throttle?: { readonly rateLimit: number; readonly burstLimit: number };
  readonly quota?: { readonly limit: number; readonly offset?: number; readonly period: "DAY" | "WEEK" | "MONTH" };
}

export interface CaseCache {
  readonly enabled?: boolean;
  readonly ttlInSeconds?: number;
  readonly requireAuthorizationForCacheControl?: boolean;
  readonly unauthorizedCacheControlHeaderStrategy?: string;
}

export interface LambdaBehaviour {
  readonly kind: string;
  readonly value?: unknown;
  readonly statusCode?: number;
  readonly bodyLength?: number;
  readonly delayMs?: number;
  readonly payload?: string;
  readonly errorMessage?: string;
  readonly errorType?: string;
  readonly effect?: string;
  readonly resource?: string;
  readonly principalId?: string;
  readonly context?: JsonObject;
  readonly usageIdentifierKey?: string;
  readonly byToken?: Readonly<Record<string, JsonObject>>;
}

export interface BackendBehaviour {
  readonly kind: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly bodyLength?: number;
  readonly delayMs?: number;
}

export interface CaseRequest {
  readonly method: string;
  readonly path: string | null;
  readonly rawTarget?: string;
  readonly rawQuery?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly headerList?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly bodyLength?: number;
  readonly repeat?: number;
  readonly concurrent?: boolean;
  readonly sigv4?: string;
  readonly testInvoke?: boolean;
  readonly resource?: string;
}

export interface Expectations {
  readonly status?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly absentHeaders?: readonly string[];
  readonly absentHeaderValues?: readonly string[];
  readonly headerNamesExact?: readonly string[];
  readonly body?: Matcher;
  readonly decodedBody?: Matcher;
  readonly maxLatencyMs?: number;
  readonly lambdaEvent?: Readonly<Record<string, Matcher>>;
  readonly lambdaInvocations?: Readonly<Record<string, number>>;
  readonly authorizerEvent?: Readonly<Record<string, Matcher>>;
  readonly authorizerInvocations?: Readonly<Record<string, number>>;
  /** Null where the backend must not be called. */
  readonly backendRequest?: Readonly<Record<string, BackendExpectation | null>>;
  readonly accessLog?: Matcher;
  readonly executionLogContains?: readonly string[];
  readonly executionLogSuffixes?: readonly string[];
  readonly configError?: { readonly message?: string; readonly matches?: string };
  readonly configValid?: boolean;
  readonly resolvedGatewayResponses?: JsonObject;
  readonly resolvedIntegration?: JsonObject;
  readonly resolvedMethodSettings?: JsonObject;
  readonly decision?: string;
  readonly someStatus?: number | string;
  readonly someHeaders?: Readonly<Record<string, string>>;
  readonly someBody?: Matcher;
}

export interface Matcher {
  readonly json?: unknown;
  readonly jsonSubset?: unknown;
  readonly text?: string;
  readonly base64?: string;
  readonly matches?: string;
  readonly empty?: boolean;
  readonly anyOf?: readonly Matcher[];
  readonly absentPaths?: readonly string[];
  readonly exactPaths?: readonly string[];
  readonly keysOf?: Readonly<Record<string, readonly string[]>>;
}

export interface BackendExpectation {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly absentHeaders?: readonly string[];
  readonly absentQuery?: readonly string[];
  readonly body?: string;
  readonly bodyJson?: unknown;
  readonly bodyBase64?: string;
}

/** The requests of a case: its steps, or the one that it is. */
export function stepsOf({ steps, request, expect, repeat, concurrent }: ConformanceCase): readonly CaseStep[] {
  if (steps) return steps;
  if (!request || !expect) throw new Error("the case has neither steps nor a request");
  return [{ request, expect, ...(repeat && { repeat }), ...(concurrent && { concurrent }) }];
}

/** Every request of a case; none where the case is about an API that AWS refuses. */
export function requestsOf({ steps, request }: ConformanceCase): readonly CaseRequest[] {
  return steps?.map((step) => step.request) ?? (request ? [request] : []);
}
