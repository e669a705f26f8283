import { ConfigurationError } from "../../definition/configuration-error";
import type { StackDefinition } from "../../definition/stack";
import { adminPages } from "../../local/admin/admin-pages";
import { listenAdmin } from "../../local/admin/admin-server";
import { createMetrics, withMetrics } from "../../local/admin/metrics";
import type { Trust } from "../../local/auth/callers";
import { identitiesOf } from "../../local/auth/identities";
import { projectTokenIssuer } from "../../local/auth/issuer-file";
import { realUserPools } from "../../local/auth/real-user-pools";
import type { TokenKeys } from "../../local/auth/token-issuer";
import { poolIdsOfStack } from "../../local/auth/user-pools";
import { listen, type RunningServer } from "../../local/http/server";
import { type DebuggerAddress, isRunnable } from "../../local/lambda/functions";
import { createGateway, type Gateway } from "../../local/pipeline";
import type { ServiceEndpoints } from "../../local/services/services";
import { GatewayState } from "../../local/state/gateway-state";
import { Backends, type BackendsOptions, type ServedVersion } from "./backends";
import type { Closers } from "./closers";
import { notEmulatedLines } from "./describe-gateway";
import { unreadLines } from "./unread-lines";

export interface GatewayOptions extends BackendsOptions {
  readonly port: number;
  readonly host: string;
  /** Port of metrics and routes; 0 takes any free one. */
  readonly adminPort: number;
  /** Refuse to start when something is not emulated. */
  readonly strict: boolean;
  /** False lets all requests pass, whatever throttles and quotas say. */
  readonly hasLimits: boolean;
}

/** A gateway that listens, and what is behind it. */
export interface StartedGateway {
  /** The one that answers now. */
  readonly gateway: Gateway;
  readonly server: RunningServer;
  /** Metrics and routes. */
  readonly admin: RunningServer;
  /** Where the services behind the API listen. */
  readonly endpoints: ServiceEndpoints;
  /** Where debuggers of functions connect to. */
  readonly debuggers: readonly DebuggerAddress[];
  /**
   * Serves another version from one request to the next. Requests in work are finished by the former one; data, and the state
   * of what has not changed, stay. When it fails, the former version goes on.
   *
   * @returns what became of data, for people to read
   * @throws ConfigurationError those of the start
   */
  replace(version: ServedVersion): Promise<readonly string[]>;
  /** The same for a version that differs in the code of functions only, which takes no time. */
  replaceCode(version: ServedVersion): void;
  /** Writes the items of all seeds over those that are there. */
  seedAgain(): Promise<void>;
}

/**
 * Starts services, upstreams, functions and the gateway in front of them.
 *
 * @param closers learns how to end each part as soon as it runs, so that a later failure leaves nothing behind
 * @throws ConfigurationError NOT_EMULATED, UPSTREAM_FOLDER_MISSING and those of the parts
 */
export async function startGateway(
  first: ServedVersion,
  options: GatewayOptions,
  closers: Closers,
): Promise<StartedGateway> {
  const backends = await Backends.start(first, options, closers);
  const metrics = createMetrics();
  const state = new GatewayState();

  const make = async (version: ServedVersion) => {
    const { host, notes } = await backends.prepare(version);
    const { stack, config } = version;
    const gateway = createGateway({
      stacks: [stack],
      host: withMetrics(host, metrics),
      apiKeyValues: config.apiKeys,
      hasLimits: options.hasLimits,
      trust: trustOf(version, options.projectRoot),
      origin: config.request,
      localFunctions: new Set(Object.keys(config.functions).filter((name) => isRunnable(config.functions[name]))),
      state,
    });
    if (options.strict) refuseNotEmulated(gateway, stack);
    state.sweep();
    return { version, gateway, notes };
  };
  let served = await make(first);

  const server = closers.add(await listen({ handle: (request) => served.gateway.handle(request) }, options));
  const pages = adminPages(metrics, () => ({ stacks: [served.version.stack], gateway: served.gateway }));
  const admin = closers.add(await listenAdmin(pages, options.adminPort));
  return {
    server,
    admin,
    debuggers: await backends.openDebuggers(),
    get gateway() {
      return served.gateway;
    },
    get endpoints() {
      return backends.endpoints;
    },
    async replace(version) {
      served = await make(version);
      backends.follow(version);
      return served.notes;
    },
    replaceCode(version) {
      served = { ...served, version };
      backends.follow(version);
    },
    seedAgain: () => backends.seed(served.version, true),
  };
}

function trustOf({ stack, config }: ServedVersion, projectRoot: string): Trust {
  return {
    identities: identitiesOf(config.identities),
    tokenKeys: tokenKeysOf(stack, projectRoot),
    realPools: realUserPools(config.userPools, poolIdsOfStack(stack), projectRoot),
  };
}

/** A key is made only for a stack that has a use for it. */
function tokenKeysOf(stack: StackDefinition, projectRoot: string): TokenKeys {
  return poolIdsOfStack(stack).length === 0 ? new Map() : projectTokenIssuer(projectRoot).keys;
}

function refuseNotEmulated(gateway: Gateway, stack: StackDefinition): void {
  const missing = [...notEmulatedLines(gateway), ...unreadLines(stack).map((line) => `without a part ${line}`)];
  if (missing.length === 0) return;
  const problem = `not everything can be emulated, and --strict asks for that:${missing.map((line) => `\n    ${line}`).join("")}`;
  throw new ConfigurationError("NOT_EMULATED", stack.name, problem, "change these routes, or leave --strict out");
}
