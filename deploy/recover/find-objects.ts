import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../definition/json";
import { OWNER_TAG } from "../../definition/owner-tag";
import { refusedBy } from "../aws/refused-call";
import { type Listed, LOOKUPS, type LookupName } from "./lookups";
import type { MissingResource, MissingResources } from "./missing-resources";

/** What a lookup came to. */
export type Finding =
  | { readonly kind: "found"; readonly importId: string; readonly attributes: JsonObject }
  | { readonly kind: "absent" }
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
  const { rule, type, criteria, owner } = resource;
  if (rule.by !== "lookup") return { kind: "absent" };
  const { criteria: names, isPartOfApi } = LOOKUPS[rule.lookup];
  const { rest_api_id: restApiId = "" } = isPartOfApi ? criteria : {};
  const matching = (await list(rule.lookup, restApiId))
    .filter((listed) => names.every((name) => (listed.arguments[name] ?? "") === criteria[name]))
    .filter(({ id, servedBy = [] }) => !taken.has(`${type} ${id}`) && servedBy.every((it) => taken.has(it)));
  const candidates = (isPartOfApi || owner === undefined ? matching : matching.filter((it) => it.owner === owner)).map(
    (listed) => ({ ...listed, importId: isPartOfApi ? `${restApiId}/${listed.id}` : listed.id }),
  );
  const [only, ...others] = candidates;
  if (only === undefined) return { kind: "absent" };
  const isTaggedOrPart = isPartOfApi || owner !== undefined;
  if (!isTaggedOrPart) {
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
