import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { API_KEY_OPERATIONS } from "./api-key-operations";
import { type Call, CallLog } from "./call-log";
import { classify } from "./classify";
import type { ControlPlane } from "./control-plane";
import { DEPLOYMENT_OPERATIONS } from "./deployment-operations";
import { DomainNames, type MappedPath } from "./domain-name";
import { DOMAIN_NAME_OPERATIONS } from "./domain-name-operations";
import { forwardTo } from "./forward";
import { FUNCTION_OPERATIONS } from "./function-operations";
import { type Answer, AwsError, type HttpRequest } from "./http";
import { DROP_CONNECTION, type Interceptor, type Intervention } from "./intercept";
import { motoRepairs, repaired } from "./moto-repairs";
import type { Operation, OperationContext } from "./operation";
import { PART_OPERATIONS } from "./part-operations";
import { RESOURCE_OPERATIONS } from "./resource-operations";
import { type RestApiRecord, RestApis, type Snapshot } from "./rest-api";
import { REST_API_OPERATIONS } from "./rest-api-operations";
import { STAGE_OPERATIONS } from "./stage-operations";
import { TAG_OPERATIONS } from "./tag-operations";
import { type UsagePlanRecord, UsagePlans } from "./usage-plan";
import { USAGE_PLAN_OPERATIONS } from "./usage-plan-operations";

/**
 * The control-plane twin: AWS's control plane as Terraform sees it, in front of moto. It answers what depends on
 * imports, snapshots and stages itself, from what was sent, and leaves the rest to moto.
 */
export interface Twin {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  readonly calls: CallLog;
  /** All APIs that are there. */
  apis(): readonly RestApiRecord[];
  /** All usage plans that are there. */
  usagePlans(): readonly UsagePlanRecord[];
  /** Paths of custom domains that serve an API. */
  mappings(restApiId: string): readonly MappedPath[];
  /** What is live on a stage of the API of this name. Throws when there is no such stage. */
  deployed(apiName: string, stageName: string): Snapshot;
  /** What the canary of that stage serves; absent when it has none. */
  deployedCanary(apiName: string, stageName: string): Snapshot | undefined;
  /** Puts a step between callers and the control plane; call the result to take it away. */
  intercept(interceptor: Interceptor): () => void;
  stop(): Promise<void>;
}

const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  apigateway: {
    ...REST_API_OPERATIONS,
    ...DEPLOYMENT_OPERATIONS,
    ...STAGE_OPERATIONS,
    ...RESOURCE_OPERATIONS,
    ...PART_OPERATIONS,
    ...USAGE_PLAN_OPERATIONS,
    ...API_KEY_OPERATIONS,
    ...DOMAIN_NAME_OPERATIONS,
    ...TAG_OPERATIONS,
  },
  lambda: FUNCTION_OPERATIONS,
};

/** Starts a twin on a free port of 127.0.0.1. */
export async function startTwin(options: { readonly motoUrl: string }): Promise<Twin> {
  const calls = new CallLog();
  const controlPlane: ControlPlane = {
    apis: new RestApis(),
    usagePlans: new UsagePlans(),
    domainNames: new DomainNames(),
    apiKeyTags: new Map(),
  };
  const { apis } = controlPlane;
  const interceptors = new Set<Interceptor>();
  const repairs = motoRepairs();
  let lastId = 36 ** 5;

  const answerCall = async (call: Call, request: HttpRequest): Promise<Exclude<Intervention, undefined>> => {
    for (const { before } of interceptors) {
      const intervention = await before?.(call);
      if (intervention) return intervention;
    }
    const forward: OperationContext["forward"] = (change) => forwardTo(options.motoUrl, request, change);
    const context = { ...controlPlane, call, request, forward, now: seconds, nextId: () => (++lastId).toString(36) };
    const operation = OPERATIONS[call.service]?.[call.operation] ?? (({ forward }) => forward());
    const answer = repaired(repairs, call, await settle(operation, context));
    for (const { after } of interceptors) {
      const intervention = await after?.(call, answer);
      if (intervention) return intervention;
    }
    return answer;
  };

  const server = createServer(async (message, response) => {
    const request = await readRequest(message).catch(() => undefined);
    // The caller died before it had said what it wants.
    if (request === undefined) return;
    const call = calls.add(classify(request));
    const answer = await answerCall(call, request).catch(bugAnswer);
    for (const { over } of interceptors) over?.(call);
    if (answer === DROP_CONNECTION) return message.socket.destroy();
    call.status = answer.status;
    return send(response, answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    apis: () => apis.all(),
    usagePlans: () => controlPlane.usagePlans.all(),
    mappings: (restApiId) => controlPlane.domainNames.serving(restApiId),
    deployed: (apiName, stageName) => deployedSnapshot(apis, apiName, stageName),
    deployedCanary: (apiName, stageName) => {
      const api = apiNamed(apis, apiName);
      return api?.deployments.get(api.stages.get(stageName)?.canarySettings?.deploymentId ?? "")?.snapshot;
    },
    intercept: (interceptor) => {
      interceptors.add(interceptor);
      return () => interceptors.delete(interceptor);
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const seconds = () => Math.floor(Date.now() / 1000);

/** A bug of the twin: the caller shows it. */
function bugAnswer(error: unknown): Answer {
  const text = error instanceof Error ? error.stack : String(error);
  return new AwsError(500, "TwinFailure", `twin: ${text}`).toAnswer();
}

async function settle(operation: Operation, context: OperationContext): Promise<Answer> {
  try {
    return await operation(context);
  } catch (error) {
    if (error instanceof AwsError) return error.toAnswer();
    throw error;
  }
}

async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const [path = "/", query = ""] = (message.url ?? "/").split("?", 2);
  return {
    method: message.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: message.headers,
    body: Buffer.concat(chunks),
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": body.length });
  response.end(body);
}

function deployedSnapshot(apis: RestApis, apiName: string, stageName: string): Snapshot {
  const api = apiNamed(apis, apiName);
  const snapshot = api?.deployments.get(api.stages.get(stageName)?.deploymentId ?? "")?.snapshot;
  if (!snapshot) throw new Error(`nothing is deployed as ${apiName}/${stageName}`);
  return snapshot;
}

function apiNamed(apis: RestApis, name: string): RestApiRecord | undefined {
  return apis.all().find(({ properties }) => properties.name === name);
}
