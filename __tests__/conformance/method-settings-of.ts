import type { Json, JsonObject } from "../../definition/json";
import type { CaseApi } from "./conformance-case";

const ALL_METHODS = "*/*";

/** Settings by method path, as Terraform has both. Those of the cache and of the log count for all methods. */
export function methodSettingsOf(
  { cache, methodSettings = {} }: CaseApi,
  hasLog: boolean,
): readonly (readonly [methodPath: string, settings: JsonObject])[] {
  const given = Object.entries(byPath(methodSettings)).map(
    ([path, settings]) => [terraformPath(path), settings] as const,
  );
  const ofAll = {
    ...(cache && { cachingEnabled: true, ...cache }),
    ...(hasLog && { loggingLevel: "INFO", dataTraceEnabled: true }),
    ...given.find(([path]) => path === ALL_METHODS)?.[1],
  };
  const own = given.filter(([path]) => path !== ALL_METHODS);
  const settings = [...(Object.keys(ofAll).length > 0 ? [[ALL_METHODS, ofAll] as const] : []), ...own];
  return settings.map(([path, each]) => [path, terraformSettings(each)] as const);
}

/** A case says settings for all methods, or by path. */
function byPath(settings: JsonObject): Readonly<Record<string, JsonObject>> {
  const isByPath = Object.keys(settings).some((key) => key.includes("/"));
  return isByPath ? (settings as Record<string, JsonObject>) : { [ALL_METHODS]: settings };
}

function terraformPath(path: string): string {
  return path.replaceAll("~1", "/").replace(/^\/+/, "");
}

/** Names that a case shortens. */
const FULL_NAMES: Readonly<Record<string, string>> = { enabled: "cachingEnabled", ttlInSeconds: "cacheTtlInSeconds" };

function terraformSettings(settings: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [snakeCase(FULL_NAMES[name] ?? name), value]),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
