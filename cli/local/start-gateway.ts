import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import type { StackDefinition } from "../../definition/stack";
import { adminPages } from "../../local/admin/admin-pages";
import { listenAdmin } from "../../local/admin/admin-server";
import { createMetrics, withMetrics } from "../../local/admin/metrics";
import { identitiesOf } from "../../local/auth/identities";
import { projectTokenIssuer } from "../../local/auth/issuer-file";
import { realUserPools } from "../../local/auth/real-user-pools";
import type { TokenKeys } from "../../local/auth/token-issuer";
import { poolIdsOfStack } from "../../local/auth/user-pools";
import { LOCAL_CONFIG_FILE, type LocalConfig } from "../../local/config";
import { createFunctions, type DebuggerAddress, isRunnable } from "../../local/lambda/functions";
import type { Log } from "../../local/log/entry";
import { createNodeHost } from "../../local/node-host";
import { createGateway, type Gateway } from "../../local/pipeline";
import { listen, type RunningServer } from "../../local/server";
import { seedTables } from "../../local/services/seed";
import { type ServiceEndpoints, startServices } from "../../local/services/services";
import type { ServicesProgram } from "../../local/services/services-program";
import { dynamodbAt } from "../../local/services/tables";
import { startUpstream } from "../../local/services/upstream";
import type { Closers } from "./closers";
import { notEmulatedLines } from "./describe-gateway";

export interface GatewayOptions {
  readonly projectRoot: string;
  readonly stack: StackDefinition;
  /** Folder of the stack's `cdk.tf.json`. */
  readonly stackFolder: string;
  readonly config: LocalConfig;
  readonly port: number;
  readonly host: string;
  /** Port of metrics and routes; 0 takes any free one. */
  readonly adminPort: number;
  /** Folder that keeps the tables. @default - in memory */
  readonly dataFolder?: string;
  /** A program that has begun to load services. @default - it begins now */
  readonly services?: ServicesProgram;
  /** Refuse to start when something is not emulated. */
  readonly strict: boolean;
  /** False lets all requests pass, whatever throttles and quotas say. */
  readonly hasLimits: boolean;
  /** Names of functions that run with the inspector. */
  readonly inspected: readonly string[];
  readonly log: Log;
}

/** A gateway that listens, and what is behind it. */
export interface StartedGateway {
  readonly gateway: Gateway;
  readonly server: RunningServer;
  /** Metrics and routes. */
  readonly admin: RunningServer;
  /** Where the services behind the API listen. */
  readonly endpoints: ServiceEndpoints;
  /** Where debuggers of functions connect to. */
  readonly debuggers: readonly DebuggerAddress[];
}

/**
 * Starts services, upstreams, functions and the gateway in front of them.
 *
 * @param closers learns how to end each part as soon as it runs, so that a later failure leaves nothing behind
 * @throws ConfigurationError NOT_EMULATED, UPSTREAM_FOLDER_MISSING and those of the parts
 */
export async function startGateway(options: GatewayOptions, closers: Closers): Promise<StartedGateway> {
  const { projectRoot, stack, stackFolder, config, dataFolder, log } = options;
  const services = closers.add(
    await startServices({ stack, dataFolder, endpoints: config.endpoints, loading: options.services }),
  );
  await seed(options, services.endpoints);
  const origins = await startOrigins(config, projectRoot, closers);
  const functions = closers.add(
    createFunctions({
      functions: stack.functions,
      stackFolder,
      environment: endpointVariables(services.endpoints),
      overrides: config.functions,
      projectRoot,
      region: stack.region,
      inspected: options.inspected,
      log: (line, functionName) => log({ kind: "function", functionName, line }),
    }),
  );
  const serviceEndpoints = services.endpoints;
  const metrics = createMetrics();
  const host = withMetrics(createNodeHost({ origins, serviceEndpoints, ...functions, log }), metrics);
  const trust = {
    identities: identitiesOf(config.identities),
    tokenKeys: tokenKeysOf(stack, projectRoot),
    realPools: realUserPools(config.userPools, poolIdsOfStack(stack), projectRoot),
  };
  const gateway = createGateway({
    stacks: [stack],
    host,
    apiKeyValues: config.apiKeys,
    hasLimits: options.hasLimits,
    trust,
    origin: config.request,
    localFunctions: new Set(Object.keys(config.functions).filter((name) => isRunnable(config.functions[name]))),
  });
  if (options.strict) refuseNotEmulated(gateway, stack);
  const server = closers.add(await listen(gateway, { port: options.port, host: options.host }));
  const admin = closers.add(
    await listenAdmin(
      adminPages(metrics, () => ({ stacks: [stack], gateway })),
      options.adminPort,
    ),
  );
  return { gateway, server, admin, endpoints: serviceEndpoints, debuggers: await functions.openDebuggers() };
}

/** A key is made only for a stack that has a use for it. */
function tokenKeysOf(stack: StackDefinition, projectRoot: string): TokenKeys {
  return poolIdsOfStack(stack).length === 0 ? new Map() : projectTokenIssuer(projectRoot).keys;
}

/** Seeds of tables that this stack does not have may belong to another stack; `unusedSettings` names them. */
async function seed({ config, projectRoot, stack }: GatewayOptions, { dynamodb }: ServiceEndpoints): Promise<void> {
  const own = Object.entries(config.seed).filter(([table]) => stack.tables.some(({ name }) => name === table));
  if (own.length === 0 || dynamodb === undefined) return;
  await seedTables(dynamodbAt(dynamodb, stack.region), Object.fromEntries(own), projectRoot);
}

async function startOrigins(
  config: LocalConfig,
  projectRoot: string,
  closers: Closers,
): Promise<Record<string, string>> {
  const started = Object.entries(config.origins).map(async ([origin, target]) => {
    if (typeof target === "string") return [origin, target] as const;
    const folder = resolve(projectRoot, target.folder);
    if (!existsSync(folder)) {
      const problem = `the folder of "${origin}" is not there: ${folder}`;
      const fix = "create the folder with a JSON file for each path, as in latest.json for GET /latest";
      throw new ConfigurationError("UPSTREAM_FOLDER_MISSING", LOCAL_CONFIG_FILE, problem, fix);
    }
    return [origin, closers.add(await startUpstream(folder)).url] as const;
  });
  return Object.fromEntries(await Promise.all(started));
}

/** Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointVariables(endpoints: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const variables = Object.entries(endpoints).map(([service, url]) => [
    `AWS_ENDPOINT_URL_${service.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`,
    url ?? "",
  ]);
  return Object.fromEntries(variables);
}

function refuseNotEmulated(gateway: Gateway, stack: StackDefinition): void {
  const missing = notEmulatedLines(gateway);
  if (missing.length === 0) return;
  const problem = `not everything can be emulated, and --strict asks for that:${missing.map((line) => `\n    ${line}`).join("")}`;
  throw new ConfigurationError("NOT_EMULATED", stack.name, problem, "change these routes, or leave --strict out");
}
