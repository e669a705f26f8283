import type { StackDefinition } from "../../definition/stack";
import type { DomainSummary } from "../../local/addresses/custom-domains";
import { ADMIN_PATHS } from "../../local/admin/admin-pages";
import type { LocalConfig } from "../../local/config";
import { isRunnable } from "../../local/lambda/functions";
import { runtimeDifferences } from "../../local/lambda/node-runtime";
import type { LogEntry } from "../../local/log/entry";
import type { Gateway } from "../../local/pipeline";
import type { NotEmulatedSummary, RouteSummary } from "../../local/serve";
import { localApiKeyValue } from "../../local/steps/check-api-key";
import type { StartedGateway } from "./start-gateway";
import { suggestRequest } from "./suggest-request";
import { tokenArguments } from "./token-arguments";

/**
 * What a developer needs to know when the gateway is up: routes, keys, what is missing, and a first request to try.
 *
 * @param tokenCall what a developer types to get a token, before its arguments
 */
export function describeGateway(
  stack: StackDefinition,
  config: LocalConfig,
  { gateway, server, admin, endpoints, debuggers }: StartedGateway,
  tokenCall: string,
): LogEntry {
  const routes = gateway.routes();
  // Stacks that are served together often have keys of one name, which then have one value too.
  const keys = [...new Map(stack.apiKeys.map((key) => [key.name, localApiKeyValue(key, config.apiKeys)]))];
  const stages = [...new Set(routes.map(({ address }) => address))].map((address) => `${server.url}/${address}`);
  const notEmulated = notEmulatedLines(gateway);
  const runtimes = runtimeDifferences(stack.functions.filter(({ name }) => !isRunnable(config.functions[name])));
  const known = { notEmulated: gateway.notEmulated(), url: server.url, apiKeyValues: config.apiKeys, tokenCall };
  const text = [
    `Headgate serves ${stack.name} on ${stages.join(", ")}`,
    ...section("Routes", columns(routes.map(routeRow))),
    ...section("Custom domains", columns(gateway.domains().map(domainRow(server.port)))),
    ...section("API keys (header x-api-key)", columns(keys)),
    ...section(
      "Tokens",
      tokenArguments(stack).map((line) => `${tokenCall} ${line}`),
    ),
    ...section("Services", columns(Object.entries(endpoints))),
    ...section(
      "Admin",
      Object.values(ADMIN_PATHS).map((path) => `${admin.url}${path}`),
    ),
    ...section("Debugger listening on", columns(debuggers.map(({ functionName, address }) => [address, functionName]))),
    ...section("Runtimes", runtimes),
    ...section("Not emulated", notEmulated),
    ...section("Try", [suggestRequest([stack], known)]),
    "",
  ].join("\n");
  return {
    kind: "started",
    text,
    facts: { stack: stack.name, stages, admin: admin.url, services: endpoints, debuggers, runtimes, notEmulated },
  };
}

function routeRow({ verb, address, path, integration, flags }: RouteSummary): string[] {
  return [verb, `/${address}${path === "/" ? "" : path}`, integration, flags.join(", ")];
}

/** Names below `.localhost` lead to this machine without DNS; the gateway takes the name before it. */
function domainRow(port: number): (domain: DomainSummary) => string[] {
  return ({ path, address }) => {
    const slash = path.indexOf("/");
    const url = `http://${path.slice(0, slash)}.localhost:${port}${path.slice(slash)}`;
    return [url, address === undefined ? "the stage that comes next" : `/${address}`];
  };
}

/** What cannot be emulated, by attribute. */
export function notEmulatedLines(gateway: Gateway): readonly string[] {
  return columns(notEmulatedRows(gateway.notEmulated(), gateway.routes().length));
}

/** One line for each thing, however many routes lack it. */
function notEmulatedRows(summaries: readonly NotEmulatedSummary[], routeCount: number): string[][] {
  const routesByLimitation = new Map<string, { row: string[]; routes: string[] }>();
  for (const { attribute, reason, answers, route } of summaries) {
    const effect = answers === "501" ? "answers 501" : "without effect";
    const key = JSON.stringify([attribute, reason, answers]);
    const entry = routesByLimitation.get(key) ?? { row: [attribute, effect, reason], routes: [] };
    entry.routes.push(route);
    routesByLimitation.set(key, entry);
  }
  return [...routesByLimitation.values()].map(({ row, routes }) => [
    ...row,
    routes.length === routeCount ? "all routes" : routes.join(", "),
  ]);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(cell.length, widest[index] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
