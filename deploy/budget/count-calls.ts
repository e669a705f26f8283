import type { Json, JsonObject } from "../../definition/json";
import { isList, isObject, numberAt, objectAt } from "../../definition/json-access";
import { blocksOf } from "../../definition/terraform/blocks";
import { ASSUMED_COST, DATA_COSTS, isApiGatewayType, RESOURCE_COSTS } from "./call-costs";

/** Calls by operation. */
export type Calls = ReadonlyMap<string, number>;

/** What applying a Terraform root for the first time calls, and a plan without changes. */
export interface CallCounts {
  readonly create: Calls;
  readonly plan: Calls;
  /** What the figures leave open, in sentences. */
  readonly uncertain: readonly string[];
}

/** Counts the control-plane calls of a Terraform root, from its JSON alone. */
export function countCalls(root: JsonObject): CallCounts {
  const create = new Map<string, number>();
  const plan = new Map<string, number>();
  const uncertain: string[] = [];

  for (const { type, address, block } of declared(root.resource)) {
    if (!isApiGatewayType(type)) continue;
    const cost = RESOURCE_COSTS[type];
    if (cost === undefined) uncertain.push(`${address}: what the provider calls for it is assumed`);
    const { create: writes, refresh, adds = [] } = cost ?? ASSUMED_COST;
    const times = instances(block);
    if (times === undefined) uncertain.push(`${address}: how many there are is not known; one is counted`);
    const added = adds.flatMap((extra) => (extra.when(block) ? extra.create : []));
    addTo(create, [...writes, ...added], times ?? 1);
    addTo(plan, refresh, times ?? 1);
  }
  for (const { type, address, block } of declared(root.data)) {
    if (!isApiGatewayType(type)) continue;
    const reads = DATA_COSTS[type];
    if (reads === undefined) uncertain.push(`data.${address}: what the provider calls for it is assumed`);
    for (const calls of [create, plan]) addTo(calls, reads ?? ASSUMED_COST.refresh, instances(block) ?? 1);
  }
  for (const name of Object.keys(objectAt(root.module))) uncertain.push(`module.${name}: nothing in it is counted`);
  return { create, plan, uncertain };
}

/** All calls together. */
export function totalOf(calls: Calls): number {
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

interface DeclaredBlock {
  readonly type: string;
  readonly address: string;
  readonly block: JsonObject;
}

function declared(section: Json | undefined): readonly DeclaredBlock[] {
  return Object.entries(objectAt(section)).flatMap(([type, named]) =>
    Object.entries(objectAt(named)).flatMap(([name, content]) =>
      blocksOf(content).map((block) => ({ type, address: `${type}.${name}`, block })),
    ),
  );
}

/** How many of a block there are; absent where an expression says so. */
function instances({ count, for_each: forEach }: JsonObject): number | undefined {
  if (forEach !== undefined) return isObject(forEach) ? Object.keys(forEach).length : lengthOf(forEach);
  return count === undefined ? 1 : numberAt(count);
}

function lengthOf(value: Json): number | undefined {
  return isList(value) ? value.length : undefined;
}

function addTo(calls: Map<string, number>, operations: readonly string[], times: number): void {
  for (const operation of operations) calls.set(operation, (calls.get(operation) ?? 0) + times);
}
