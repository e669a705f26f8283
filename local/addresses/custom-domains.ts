import type { BasePathMappingDefinition, CustomDomainDefinition } from "../../definition/custom-domain";
import { unknownsIn } from "../../definition/unknown";
import type { ServedStage } from "../exchange";
import { NotEmulated } from "../refusals/not-emulated";
import type { NotEmulatedSummary } from "../serve";
import type { Destination } from "./destination";
import { firstSegment, leadsNowhere, type Target, withoutLeadingSlashes } from "./target";

/** The custom domains of a gateway. */
export interface ServedDomains {
  /** The domain of a host: by its name, else by a wildcard for its first label. */
  find(host: string): ServedDomain | undefined;
  /** All that there are, also those that serve nothing here. */
  readonly names: readonly string[];
  readonly notEmulated: readonly NotEmulatedSummary[];
  /** Every mapping that leads to a stage here. */
  readonly summaries: readonly DomainSummary[];
}

/** What a custom domain serves, for people to read. */
export interface DomainSummary {
  /** As in `api.example.com/shop`. */
  readonly path: string;
  /** Where the stage is on localhost, as in `v1`; absent where callers name it. */
  readonly address?: string;
}

export interface ServedDomain {
  /**
   * What the domain serves below a path.
   *
   * @param host name that was asked for, also where the domain is a wildcard
   * @throws GatewayError `UNKNOWN_STAGE`
   * @throws NotEmulated when the API is none of those that are served
   */
  destination(target: Target, host: string): Destination;
}

type StagesByApi = ReadonlyMap<string, ReadonlyMap<string, ServedStage>>;

/** Prepares the domains of all stacks; what several stacks map to one domain is served together. */
export function customDomains(definitions: readonly CustomDomainDefinition[], byApi: StagesByApi): ServedDomains {
  const known = definitions.filter(({ domainName }) => unknownsIn(domainName).length === 0);
  const served = new Map(
    known.map(({ domainName }) => {
      const mappings = known.filter((other) => other.domainName === domainName).flatMap((other) => other.mappings);
      return [domainName, servedDomain(domainName, mappings, byApi)];
    }),
  );
  return {
    find: (host) => served.get(host) ?? served.get(host.replace(/^[^.]+/, "*")),
    names: [...served.keys()],
    notEmulated: definitions.flatMap((definition) => limitations(definition, byApi)),
    summaries: known.flatMap(({ domainName, mappings }) =>
      mappings
        .filter((mapping) => elsewhere(mapping, byApi) === undefined)
        .map(({ basePath, apiId, stageName = "" }) => {
          const address = byApi.get(apiId)?.get(stageName)?.address;
          return { path: `${domainName}/${basePath}`, ...(address !== undefined && { address }) };
        }),
    ),
  };
}

/** With several levels on a domain, AWS compares texts, else whole segments: `/ordersandmore` then is none of `orders`. */
function servedDomain(
  domainName: string,
  mappings: readonly BasePathMappingDefinition[],
  byApi: StagesByApi,
): ServedDomain {
  const hasLevels = mappings.some(({ basePath }) => basePath.includes("/"));
  const longestFirst = [...mappings].sort((one, other) => other.basePath.length - one.basePath.length);
  const covers = (basePath: string, path: string) =>
    basePath === "" || (hasLevels ? path.startsWith(basePath) : firstSegment(path)[0] === basePath);
  return {
    destination: (target, host) => {
      const mapping = longestFirst.find(({ basePath }) => covers(basePath, target.path));
      if (!mapping) throw leadsNowhere(`"${domainName}" serves ${basePaths(mappings)}, and nothing else`);
      const reason = elsewhere(mapping, byApi);
      if (reason !== undefined) throw new NotEmulated(mapping.address, reason);
      return { ...belowMapping(mapping, target, byApi.get(mapping.apiId) ?? new Map()), domainName: host };
    },
  };
}

function belowMapping(
  { basePath, stageName }: BasePathMappingDefinition,
  { path, rawQuery }: Target,
  stages: ReadonlyMap<string, ServedStage>,
): Omit<Destination, "domainName"> {
  const below = withoutLeadingSlashes(path.slice(basePath.length));
  const [first, rest] = stageName === undefined ? firstSegment(below) : [stageName, below];
  const stage = stages.get(first);
  if (!stage)
    throw leadsNowhere(`this base path asks for a stage, and "${first}" is none of ${[...stages.keys()].join(", ")}`);
  return {
    stage,
    path: `/${withoutLeadingSlashes(rest)}`,
    eventPath: `/${path}`,
    contextPath: `/${path}`,
    rawQuery,
    ...(basePath !== "" && { basePathMatched: basePath }),
  };
}

/** Why a mapping leads out of this gateway, if it does. */
function elsewhere({ apiId, stageName }: BasePathMappingDefinition, byApi: StagesByApi): string | undefined {
  const stages = byApi.get(apiId);
  const [unresolved] = unknownsIn(apiId);
  if (unresolved) return `${unresolved.address}.${unresolved.attribute} has no value before apply`;
  if (!stages) return `the API "${apiId}" is in none of the stacks that are served`;
  if (stageName === undefined || stages.has(stageName)) return undefined;
  return `the stage "${stageName}" of the API "${apiId}" is in none of the stacks that are served`;
}

function limitations(
  { domainName, hasMutualTls, mappings }: CustomDomainDefinition,
  byApi: StagesByApi,
): readonly NotEmulatedSummary[] {
  const [unresolved] = unknownsIn(domainName);
  if (unresolved) {
    const attribute = `${unresolved.address}.${unresolved.attribute}`;
    const reason = "the name of a custom domain has no value before apply: nothing is served by it";
    return [{ route: "custom domain", attribute, reason, answers: "header" }];
  }
  const mutualTls: NotEmulatedSummary = {
    route: domainName,
    attribute: "mutual_tls_authentication",
    reason: "callers show no certificate to localhost",
    answers: "header",
  };
  return [
    ...(hasMutualTls ? [mutualTls] : []),
    ...mappings.flatMap((mapping): NotEmulatedSummary[] => {
      const reason = elsewhere(mapping, byApi);
      const route = `${domainName}/${mapping.basePath}`;
      return reason === undefined ? [] : [{ route, attribute: mapping.address, reason, answers: "501" }];
    }),
  ];
}

function basePaths(mappings: readonly BasePathMappingDefinition[]): string {
  return mappings.map(({ basePath }) => `/${basePath}`).join(", ") || "no API";
}
