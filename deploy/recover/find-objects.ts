import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../definition/json";
import { OWNER_TAG } from "../../definition/owner-tag";
import { refusedBy } from "../aws/refused-call";
import { type Listed, LOOKUPS, type LookupName } from "./lookups";
import type { MissingResource, MissingResources } from "./missing-resources";

/** What a lookup came to. */
export type Finding =
  | { readonly kind: "found"; readonly importId: string; readonly attributes: JsonObject }
  /** `reason` says why what is there is left alone. */
  | { readonly kind: "absent"; readonly reason?: string }
  | { readonly kind: "ambiguous"; readonly reason: string; readonly candidates: readonly Candidate[] };

/** An object that may be the one. */
export type Candidate = Listed & { readonly importId: string };

type LookedUp = MissingResource & { readonly criteria: Readonly<Record<string, string>> };

/** Lists of an account; each is asked for once. */
export type ListObjects = (lookup: LookupName, restApiId: string) => Promise<readonly Listed[]>;

/**
 * Lists of a client, remembered.
 *
 * @param stack named in messages
 * @throws ConfigurationError AWS_CALL_REFUSED
 */
export function listingsOf(client: APIGatewayClient, stack: string): ListObjects {
  const lists = new Map<string, Promise<readonly Listed[]>>();
  return (lookup, restApiId) => {
    const key = `${lookup} ${restApiId}`;
    const list =
      lists.get(key) ?? LOOKUPS[lookup].list(client, restApiId).catch(refusedBy(stack, `the list of each ${lookup}`));
    lists.set(key, list);
    return list;
  };
}

/**
 * Finds objects by name, and by the owner tag where names are not unique. What is found may be what others are parts of: call
 * it again until it finds nothing new.
 *
 * @param findings of former rounds, by address
 */
export async function findObjects(
  { missing, taken }: MissingResources,
  findings: ReadonlyMap<string, Finding>,
  list: ListObjects,
): Promise<ReadonlyMap<string, Finding>> {
  const wanted = missing.filter(isLookedUp);
  const entries = wanted
    .filter(({ address }) => !findings.has(address))
    .map(async (resource) => {
      const rivals = wanted.filter((other) => other !== resource && isSame(other, resource));
      return [resource.address, await find(resource, { taken, list, rivals })] as const;
    });
  return new Map(await Promise.all(entries));
}

function isLookedUp(resource: MissingResource): resource is LookedUp {
  return resource.criteria !== undefined;
}

function isSame(one: LookedUp, other: LookedUp): boolean {
  return one.type === other.type && JSON.stringify(one.criteria) === JSON.stringify(other.criteria);
}

interface Surroundings {
  readonly taken: ReadonlySet<string>;
  readonly list: ListObjects;
  /** Missing resources that ask for the very same object. */
  readonly rivals: readonly LookedUp[];
}

async function find(resource: LookedUp, { taken, list, rivals }: Surroundings): Promise<Finding> {
  const objects = (await objectsLike(resource, list)).filter(({ id }) => !taken.has(`${resource.type} ${id}`));
  const candidates = objects.filter(({ servedBy = [] }) => servedBy.every((it) => taken.has(it)));
  const [only, ...others] = candidates;
  if (only === undefined) return objects.length === 0 ? { kind: "absent" } : { kind: "absent", reason: SERVED };
  if (!isPartOfApi(resource) && resource.owner === undefined) {
    const reason = `its name alone does not say whose it is: the stack gives no tag ${OWNER_TAG}`;
    return { kind: "ambiguous", reason, candidates };
  }
  if (rivals.length > 0) {
    const reason = `${rivals.map(({ address }) => address).join(", ")} may be the same`;
    return { kind: "ambiguous", reason, candidates };
  }
  if (others.length > 0) return { kind: "ambiguous", reason: `${candidates.length} objects match`, candidates };
  return { kind: "found", importId: only.importId, attributes: { ...only.attributes, id: only.id } };
}

const SERVED = "one that is served by a stage which no state knows stays until its API goes";

/** What is in the account under the same name, of the stack's own where it says so. */
async function objectsLike(resource: LookedUp, list: ListObjects): Promise<readonly Candidate[]> {
  const { rule, criteria, owner } = resource;
  if (rule.by !== "lookup") return [];
  const isPart = isPartOfApi(resource);
  const { rest_api_id: restApiId = "" } = isPart ? criteria : {};
  return (await list(rule.lookup, restApiId))
    .filter((it) => LOOKUPS[rule.lookup].criteria.every((name) => (it.arguments[name] ?? "") === criteria[name]))
    .filter((it) => isPart || owner === undefined || it.owner === owner)
    .map((it) => ({ ...it, importId: isPart ? `${restApiId}/${it.id}` : it.id }));
}

function isPartOfApi({ rule }: LookedUp): boolean {
  return rule.by === "lookup" && LOOKUPS[rule.lookup].isPartOfApi;
}
