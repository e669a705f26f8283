import { isAbsolute, join, relative } from "node:path";
import type { FunctionDefinition } from "../../definition/function";
import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { UsagePlanDefinition } from "../../definition/usage-plan";
import { parseAwsUri } from "../../local/integrations/uri";

/** A stack as it was read, with the folder of its `cdk.tf.json`. */
export interface ReadStack {
  readonly definition: StackDefinition;
  readonly folder: string;
}

/**
 * Stacks that are served together, as one: all of the first ones, and functions, tables and queues of those that they use.
 *
 * @param served at least one; the first one gives the region, and the folder that paths are relative to
 * @param others stacks of the same project
 */
export function combineStacks(
  served: readonly [ReadStack, ...ReadStack[]],
  others: readonly ReadStack[],
): StackDefinition {
  const [{ definition: first, folder }] = served;
  const used = usedStacks(served, others);
  if (served.length === 1 && used.length === 0) return first;
  const apiAddress = addressing(served);
  const own = served.map(({ definition }) => definition);
  const all = [...served, ...used];
  return {
    ...first,
    name: own.map(({ name }) => name).join(", "),
    apis: own.flatMap((stack) => stack.apis.map((api) => withAddress(api, apiAddress(stack)))),
    usagePlans: own.flatMap((stack) => stack.usagePlans.map((plan) => withAddresses(plan, apiAddress(stack)))),
    apiKeys: own.flatMap(({ apiKeys }) => apiKeys),
    domains: own.flatMap(({ domains }) => domains),
    firewalls: own.flatMap(({ firewalls }) => firewalls),
    functions: byName(
      all.flatMap((stack) => stack.definition.functions.map((fn) => movedTo(fn, folder, stack.folder))),
    ),
    tables: byName(all.flatMap(({ definition }) => definition.tables)),
    queues: byName(all.flatMap(({ definition }) => definition.queues)),
    ...unreadOf(all),
  };
}

/** Names of the functions that APIs call and that are not in their stack. */
export function foreignFunctions({ apis, functions }: StackDefinition): readonly string[] {
  const uris = apis.flatMap(({ api }) => [
    ...api.methods.map(({ integration }) => integration.uri),
    ...Object.values(api.authorizers).map(({ uri }) => uri),
  ]);
  const called = uris.flatMap((uri) => {
    const target = uri === undefined ? undefined : parseAwsUri(uri);
    return target?.kind === "function" ? target.functionName : [];
  });
  return [...new Set(called)].filter((name) => !functions.some((fn) => fn.name === name));
}

/** The stacks whose outputs are read, and those that alone have a function which is called by its name. */
function usedStacks(served: readonly ReadStack[], others: readonly ReadStack[]): readonly ReadStack[] {
  const found = new Set<ReadStack>();
  const visit = ({ definition }: ReadStack): void => {
    const byOutput = others.filter((other) => definition.uses?.includes(other.definition.name));
    const byFunction = foreignFunctions(definition).flatMap((name) => {
      const having = others.filter((other) => other.definition.functions.some((fn) => fn.name === name));
      return having.length === 1 ? having : [];
    });
    for (const other of [...byOutput, ...byFunction]) {
      if (found.has(other) || served.includes(other)) continue;
      found.add(other);
      visit(other);
    }
  };
  served.forEach(visit);
  return [...found];
}

/** Addresses are unique within one stack only. What is no address of the stack is the id of another one's API. */
function addressing(served: readonly ReadStack[]): (stack: StackDefinition) => (address: string) => string {
  const addresses = served.flatMap(({ definition }) => definition.apis.map(({ address }) => address));
  const isUnique = new Set(addresses).size === addresses.length;
  return (stack) => (address) => {
    const isOwn = stack.apis.some((api) => api.address === address);
    return isUnique || !isOwn ? address : `${stack.name}/${address}`;
  };
}

function withAddress(api: DeployedApiDefinition, change: (address: string) => string): DeployedApiDefinition {
  return { ...api, address: change(api.address) };
}

function withAddresses(plan: UsagePlanDefinition, change: (address: string) => string): UsagePlanDefinition {
  return {
    ...plan,
    apiStages: plan.apiStages.map((stage) => ({ ...stage, apiAddress: change(stage.apiAddress) })),
  };
}

function movedTo(fn: FunctionDefinition, base: string, folder: string): FunctionDefinition {
  if (base === folder) return fn;
  const moved = (file: string) => (isAbsolute(file) ? file : join(relative(base, folder), file));
  return {
    ...fn,
    ...(fn.packageFile !== undefined && { packageFile: moved(fn.packageFile) }),
    ...(fn.layers && {
      layers: fn.layers.map((layer) => ({
        ...layer,
        ...(layer.packageFile !== undefined && { packageFile: moved(layer.packageFile) }),
      })),
    }),
  };
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  return items.filter(({ name }, index) => items.findIndex((other) => other.name === name) === index);
}

function unreadOf(stacks: readonly ReadStack[]): Pick<StackDefinition, "unread"> {
  const unread = stacks.flatMap(({ definition }) => definition.unread ?? []);
  return unread.length === 0 ? {} : { unread };
}
