import type { CustomDomainDefinition } from "../../definition/custom-domain";
import { partitionOf } from "../../definition/partition";
import type { IncomingRequest, OutgoingResponse, ServedStage } from "../exchange";
import type { NotEmulatedSummary } from "../serve";
import { customDomains, type DomainSummary, type ServedDomains } from "./custom-domains";
import { firstSegment, hostName, leadsNowhere, parseTarget, type Target, withoutLeadingSlashes } from "./target";

/** Where a request goes: a stage, with what each part of API Gateway calls its path. */
export interface Destination {
  readonly stage: ServedStage;
  /** Below the stage, for routing. */
  readonly path: string;
  /** As functions find it in their events: below the stage, but with the base path of a custom domain. */
  readonly eventPath: string;
  /** `$context.path`: as the client wrote it, with the name of the stage. */
  readonly contextPath: string;
  /** `$context.domainName`. */
  readonly domainName: string;
  /** `$context.customDomain.basePathMatched`. */
  readonly basePathMatched?: string;
  readonly rawQuery: string;
}

/** Finds the stage that a request means. */
export interface Destinations {
  /**
   * The stage, or an answer that needs none.
   *
   * @throws GatewayError `UNKNOWN_STAGE`
   * @throws NotEmulated for APIs of others
   */
  find(request: IncomingRequest): Destination | OutgoingResponse;
  /** What of the custom domains cannot be emulated. */
  readonly notEmulated: readonly NotEmulatedSummary[];
  readonly domains: readonly DomainSummary[];
}

/** Default host of an API, or that of a private one by its VPC endpoint. */
const EXECUTE_API = /^(([a-z0-9]+)(?:-vpce-[a-z0-9]+)?)\.execute-api(?:\.|$)/;

/** How many hosts are remembered: most clients ask for one. */
const MAX_HOSTS = 100;

/** Hosts of API Gateway answer these themselves. */
const PINGS: ReadonlySet<string> = new Set(["ping", "sping"]);

const PONG: OutgoingResponse = {
  status: 200,
  headers: [["Content-Type", "text/plain"]],
  body: Buffer.from("Healthy Connection"),
};

/**
 * Finds stages by custom domain and base path, by the default host of an API, or, for any other host, by the address of
 * the stage on localhost.
 */
export function destinationsOf(
  stages: readonly ServedStage[],
  domains: readonly CustomDomainDefinition[],
): Destinations {
  const byAddress = new Map(stages.map((stage) => [stage.address, stage]));
  const byApi = new Map<string, Map<string, ServedStage>>();
  for (const stage of stages) {
    const ofApi = byApi.get(stage.apiId) ?? new Map<string, ServedStage>();
    byApi.set(stage.apiId, ofApi.set(stage.definition.name, stage));
  }
  const custom = customDomains(domains, byApi);
  const serving = (host: string) =>
    ofDomain(host, custom) ??
    ofDefaultHost(host, byApi) ??
    ((target: Target) => ofLocalhost(target, byAddress, custom.names));
  const hosts = new Map<string, ServedHost>();
  return {
    notEmulated: custom.notEmulated,
    domains: custom.summaries,
    find: (request) => {
      const target = parseTarget(request);
      const host = hosts.get(target.hostHeader) ?? serving(hostName(target.hostHeader));
      if (hosts.size < MAX_HOSTS) hosts.set(target.hostHeader, host);
      return host(target);
    },
  };
}

/** What a host answers. */
type ServedHost = (target: Target) => Destination | OutgoingResponse;

function ofDomain(host: string, domains: ServedDomains): ServedHost | undefined {
  const domain = domains.find(host);
  return domain && ((target) => (PINGS.has(target.path) ? PONG : domain.destination(target, host)));
}

function ofDefaultHost(
  host: string,
  byApi: ReadonlyMap<string, ReadonlyMap<string, ServedStage>>,
): ServedHost | undefined {
  const [, prefix, apiId = ""] = EXECUTE_API.exec(host) ?? [];
  if (prefix === undefined) return undefined;
  const stages = byApi.get(apiId);
  return ({ path, rawQuery }) => {
    if (PINGS.has(path)) return PONG;
    if (!stages) throw leadsNowhere(`no API that is served has the id "${apiId}", only ${list(byApi)}`);
    const [first, rest] = firstSegment(path);
    const stage = stages.get(first);
    if (!stage) throw leadsNowhere(`the API "${apiId}" has no stage "${first}", only ${list(stages)}`);
    if (stage.api.disableExecuteApiEndpoint) throw leadsNowhere("the default endpoint of this API is disabled");
    const domainName = `${prefix}.execute-api.${stage.region}.${partitionOf(stage.region).dnsSuffix}`;
    return belowStage(stage, rest, domainName, rawQuery);
  };
}

function ofLocalhost(
  { hostHeader, path, rawQuery }: Target,
  byAddress: ReadonlyMap<string, ServedStage>,
  domains: readonly string[],
): Destination {
  const [first, rest] = firstSegment(path);
  const own = byAddress.get(first);
  if (own) return belowStage(own, rest, hostHeader, rawQuery);
  const [second, below] = firstSegment(withoutLeadingSlashes(rest));
  const stage = byAddress.get(`${first}/${second}`);
  if (stage) return belowStage(stage, below, hostHeader, rawQuery);
  const addresses = [...byAddress.keys()].map((address) => `/${address}`).join(", ");
  const hosts = domains.length === 0 ? "" : `; the host "${hostHeader}" is none of the domains ${domains.join(", ")}`;
  throw leadsNowhere(`no stage has this address, only ${addresses}${hosts}`);
}

/** Extra slashes around the stage do not count for routing. */
function belowStage(stage: ServedStage, rest: string, domainName: string, rawQuery: string): Destination {
  const path = `/${withoutLeadingSlashes(rest)}`;
  return { stage, path, eventPath: path, contextPath: `/${stage.definition.name}${rest}`, domainName, rawQuery };
}

function list(names: ReadonlyMap<string, unknown>): string {
  return [...names.keys()].join(", ");
}
