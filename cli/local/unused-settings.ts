import type { StackDefinition } from "../../definition/stack";
import type { LocalConfig } from "../../local/config";
import { SERVICE_NAMES } from "../../local/services/services";

/** Names in `headgate.local.json` that mean nothing to the stack that is served: typing errors, or settings of other stacks. */
export function unusedSettings(config: LocalConfig, stack: StackDefinition): string[] {
  const uris = JSON.stringify(stack.apis.map(({ api, stages }) => [api, stages]));
  const tables = stack.tables.map(({ name }) => name);
  const keys = stack.apiKeys.map(({ name }) => name);
  const functions = stack.functions.map(({ name }) => name);
  return [
    ...unknown(Object.keys(config.seed), tables).map(
      (name) => `seed "${name}": the stack has ${list("tables", tables)}`,
    ),
    ...unknown(Object.keys(config.apiKeys), keys).map(
      (name) => `apiKeys "${name}": the stack has ${list("keys", keys)}`,
    ),
    ...unknown(Object.keys(config.functions), functions).map(
      (name) => `functions "${name}": the stack has ${list("functions", functions)}`,
    ),
    ...unknown(Object.keys(config.endpoints), SERVICE_NAMES)
      .filter((service) => !uris.includes(`:${service}:`))
      .map(
        (service) =>
          `endpoints "${service}": no route of the stack calls it, and it is none of ${SERVICE_NAMES.join(", ")}`,
      ),
    ...Object.keys(config.origins)
      .filter((origin) => !uris.includes(new URL(origin).hostname))
      .map((origin) => `origins "${origin}": no route of the stack leads there`),
  ];
}

function unknown(names: readonly string[], known: readonly string[]): readonly string[] {
  return names.filter((name) => !known.includes(name));
}

function list(kind: string, names: readonly string[]): string {
  return names.length === 0 ? `no ${kind}` : names.join(", ");
}
