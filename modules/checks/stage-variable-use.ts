import type { Method } from "../rest-api/method";

const IN_TEXT = /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g;
const AS_VALUE = /^stageVariables\.([A-Za-z0-9_]+)$/;

/** Names of the stage variables without which a method cannot reach its backend: those of its URL, and of what it maps. */
export function stageVariablesOf({ integration: { uri = "", options = {} } }: Method): readonly string[] {
  const inUri = [...uri.matchAll(IN_TEXT)].map(([, name = ""]) => name);
  const mapped = Object.values(options.requestParameters ?? {}).flatMap((value) => AS_VALUE.exec(value)?.[1] ?? []);
  return [...new Set([...inUri, ...mapped])];
}
