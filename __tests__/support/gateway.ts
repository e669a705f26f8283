import type { FunctionDefinition } from "../../definition/function";
import type { IntegrationDefinition, IntegrationResponseDefinition } from "../../definition/integration";
import type { HttpMethod, MethodDefinition } from "../../definition/method";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";
import type { IncomingRequest, OutgoingResponse } from "../../local/exchange";
import type {
  BackendRequest,
  BackendResponse,
  HeaderLines,
  Host,
  Invocation,
  InvocationResult,
} from "../../local/host/host";
import type { Observation } from "../../local/observation";
import { createGateway, type Gateway } from "../../local/pipeline";
import type { GatewayState } from "../../local/state/gateway-state";
import { integrationWith, methodWith, restApiWith } from "./definition-builders";

/** A MOCK integration with AWS's defaults. */
export const integration = integrationWith;

export function integrationResponse(
  overrides: Partial<IntegrationResponseDefinition> = {},
): IntegrationResponseDefinition {
  return { statusCode: "200", responseParameters: {}, responseTemplates: {}, ...overrides };
}

/** A method of `GET /things` by default, with a response for every status that its integration selects. */
export function method(overrides: Partial<MethodDefinition> = {}): MethodDefinition {
  const backend = overrides.integration ?? mock("{}");
  return methodWith({
    resourcePath: "/things",
    integration: backend,
    methodResponses: Object.fromEntries(
      backend.responses.map(({ statusCode }) => [statusCode, { responseModels: {}, responseParameters: [] }]),
    ),
    ...overrides,
  });
}

/** A MOCK that answers 200 with this body template. */
export function mock(responseTemplate: string, overrides: Partial<IntegrationDefinition> = {}): IntegrationDefinition {
  return integration({
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: [integrationResponse({ responseTemplates: { "application/json": responseTemplate } })],
    ...overrides,
  });
}

export const FUNCTION_URI =
  "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:fn:live/invocations";

/** A proxy integration with the function `fn`. */
export function proxy(overrides: Partial<IntegrationDefinition> = {}): IntegrationDefinition {
  return integration({ type: "AWS_PROXY", httpMethod: "POST", uri: FUNCTION_URI, ...overrides });
}

/** An integration of a type with a default response. */
export function custom(
  type: IntegrationDefinition["type"],
  overrides: Partial<IntegrationDefinition> = {},
): IntegrationDefinition {
  return integration({
    type,
    httpMethod: "POST",
    uri: type === "AWS" ? FUNCTION_URI : "https://backend.example.com/base",
    responses: [integrationResponse()],
    ...overrides,
  });
}

/** An API without routes. */
export const restApi = restApiWith;

export function stage(overrides: Partial<StageDefinition> = {}): StageDefinition {
  return { name: "v1", variables: {}, xrayTracingEnabled: false, methodSettings: [], tags: {}, ...overrides };
}

/** An API with the address and id that plans and models of the tests refer to. */
export function deployed(
  api: Partial<RestApiDefinition>,
  stages: readonly StageDefinition[] = [stage()],
): DeployedApiDefinition {
  return { address: "aws_api_gateway_rest_api.orders", id: "abcdefghij", api: restApi(api), stages };
}

export function lambdaFunction(name = "fn"): FunctionDefinition {
  return {
    address: `aws_lambda_function.${name}`,
    name,
    handler: "handler.handler",
    runtime: "nodejs22.x",
    packageFile: `assets/${name}.zip`,
    memorySizeMb: 128,
    timeoutSeconds: 3,
    environment: {},
    aliases: ["live"],
  };
}

export function stack(overrides: Partial<StackDefinition> = {}): StackDefinition {
  return {
    name: "orders-dev",
    region: "eu-central-1",
    apis: [],
    usagePlans: [],
    apiKeys: [],
    functions: [lambdaFunction()],
    tables: [],
    queues: [],
    domains: [],
    firewalls: [],
    ...overrides,
  };
}

export const NOW = Date.UTC(2024, 9, 5, 13, 55, 36, 120);

/** A host without a world: remembers what it was asked, at a time that stands still. */
export interface FakeHost extends Host {
  nowMillis: number;
  /** What `random` gives: 0 at first. */
  chance: number;
  readonly requests: BackendRequest[];
  readonly invocations: Invocation[];
  readonly logLines: string[];
  readonly executionLines: string[];
  readonly bugs: unknown[];
  readonly observations: Observation[];
  /** Why requests were refused, for the developer. */
  readonly explained: string[];
}

export function fakeHost(
  overrides: {
    readonly fetch?: (request: BackendRequest) => Partial<BackendResponse> | Promise<Partial<BackendResponse>>;
    readonly invoke?: (invocation: Invocation) => Partial<InvocationResult> | Promise<Partial<InvocationResult>>;
  } = {},
): FakeHost {
  let ids = 0;
  const host: FakeHost = {
    nowMillis: NOW,
    chance: 0,
    requests: [],
    invocations: [],
    logLines: [],
    executionLines: [],
    bugs: [],
    observations: [],
    explained: [],
    now: () => host.nowMillis,
    random: () => host.chance,
    uuid: () => `00000000-0000-4000-8000-${(++ids).toString(16).padStart(12, "0")}`,
    fetch: async (request) => {
      host.requests.push(request);
      return { status: 200, headers: [], body: Buffer.alloc(0), ...(await overrides.fetch?.(request)) };
    },
    invoke: async (invocation) => {
      host.invocations.push(invocation);
      const result = { status: 200, payload: Buffer.from('{"statusCode":200}'), requestId: "invocation-1" };
      return { ...result, ...(await overrides.invoke?.(invocation)) };
    },
    accessLog: (_stage, line) => host.logLines.push(line),
    executionLog: (_stage, line) => host.executionLines.push(line),
    observe: (observation) => {
      host.observations.push(observation);
      if (observation.why !== undefined) host.explained.push(observation.why);
    },
    reportBug: (error) => host.bugs.push(error),
  };
  return host;
}

/** What a function returns, as the payload of an invocation. */
export function returns(value: unknown): Partial<InvocationResult> {
  return { payload: Buffer.from(JSON.stringify(value)) };
}

/** What a function that throws gives. */
export function fails(errorMessage: string): Partial<InvocationResult> {
  return {
    payload: Buffer.from(JSON.stringify({ errorMessage, errorType: "Error" })),
    functionError: "Unhandled",
  };
}

/** A gateway for one API with the stage `v1`. */
export function gatewayFor(
  api: Partial<RestApiDefinition>,
  options: {
    readonly host?: Host;
    readonly stage?: Partial<StageDefinition>;
    readonly stack?: Partial<StackDefinition>;
    readonly apiKeyValues?: Readonly<Record<string, string>>;
    readonly hasLimits?: boolean;
    readonly localFunctions?: ReadonlySet<string>;
    readonly state?: GatewayState;
  } = {},
): Gateway {
  return createGateway({
    stacks: [stack({ apis: [deployed(api, [stage(options.stage)])], ...options.stack })],
    host: options.host ?? fakeHost(),
    ...(options.apiKeyValues && { apiKeyValues: options.apiKeyValues }),
    ...(options.hasLimits !== undefined && { hasLimits: options.hasLimits }),
    ...(options.state && { state: options.state }),
    ...(options.localFunctions && { localFunctions: options.localFunctions }),
  });
}

/** A response with its body as text and its headers by lower-case name. */
export interface ReadResponse {
  readonly status: number;
  readonly body: string;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly lines: HeaderLines;
}

/** Sends `GET /v1/things`, or what is said, to a gateway. */
export async function send(
  gateway: Gateway,
  request: { readonly body?: string | Buffer } & Partial<Omit<IncomingRequest, "body">> = {},
): Promise<ReadResponse> {
  const { body = "", headers = [], ...rest } = request;
  return read(
    await gateway.handle({
      method: "GET",
      target: "/v1/things",
      headers: [["Host", "api.example.com"], ...headers],
      body: Buffer.from(body),
      sourceIp: "192.0.2.1",
      protocol: "HTTP/1.1",
      ...rest,
    }),
  );
}

function read({ status, headers, body }: OutgoingResponse): ReadResponse {
  const byName = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { status, body: body.toString(), bytes: body, headers: byName, lines: headers };
}

/** Methods that answer 200 with their own name, for tests of routing. */
export function namedMethods(...routes: readonly (readonly [HttpMethod, string])[]): MethodDefinition[] {
  return routes.map(([httpMethod, resourcePath]) =>
    method({ httpMethod, resourcePath, integration: mock(`${httpMethod} ${resourcePath}`) }),
  );
}
