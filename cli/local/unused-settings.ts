import type { StackDefinition } from "../../definition/stack";
import { isPoolName } from "../../local/auth/real-user-pools";
import { poolIdsOfStack } from "../../local/auth/user-pools";
import type { LocalConfig } from "../../local/config";
import { isRunnable } from "../../local/lambda/functions";
import { SERVICE_NAMES } from "../../local/services/services";

/** Names in `headgate.local.json` that mean nothing to any stack of the project: typing errors. */
export function unusedSettings(config: LocalConfig, stacks: readonly StackDefinition[]): string[] {
  const uris = JSON.stringify(stacks.map(({ apis }) => apis));
  const tables = stacks.flatMap((stack) => stack.tables.map(({ name }) => name));
  const keys = [...new Set(stacks.flatMap((stack) => stack.apiKeys.map(({ name }) => name)))];
  const pools = [...new Set(stacks.flatMap(poolIdsOfStack))];
  const functions = stacks.flatMap((stack) => stack.functions.map(({ name }) => name));
  const called = Object.keys(config.functions).filter(
    (name) => isRunnable(config.functions[name]) && uris.includes(`:function:${name}`),
  );
  return [
    ...unknown(Object.keys(config.seed), tables).map((name) => `seed "${name}": there are ${list("tables", tables)}`),
    ...unknown(Object.keys(config.apiKeys), keys).map((name) => `apiKeys "${name}": there are ${list("keys", keys)}`),
    ...unknown(Object.keys(config.functions), [...functions, ...called]).map(
      (name) => `functions "${name}": there are ${list("functions", functions)}`,
    ),
    ...unknown(Object.keys(config.endpoints), SERVICE_NAMES)
      .filter((service) => !uris.includes(`:${service}:`))
      .map((service) => `endpoints "${service}": no route calls it, and it is none of ${SERVICE_NAMES.join(", ")}`),
    ...Object.keys(config.userPools)
      .filter((name) => !pools.some((poolId) => isPoolName(name, poolId)))
      .map((name) => `userPools "${name}": there are ${list("user pools", pools)}`),
    ...Object.keys(config.origins)
      .filter((origin) => !uris.includes(new URL(origin).hostname))
      .map((origin) => `origins "${origin}": no route leads there`),
  ];
}

function unknown(names: readonly string[], known: readonly string[]): readonly string[] {
  return names.filter((name) => !known.includes(name));
}

function list(kind: string, names: readonly string[]): string {
  return names.length === 0 ? `no ${kind}` : names.join(", ");
}
