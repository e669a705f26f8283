import type { StackDefinition } from "../../definition/stack";
import type { Gateway } from "../pipeline";
import { type AdminPages, jsonPage } from "./admin-server";
import type { Metrics } from "./metrics";
import { PROMETHEUS_CONTENT_TYPE } from "./prometheus-text";
import { routesView } from "./routes-view";

/** Where the pages are. */
export const ADMIN_PATHS = { metrics: "/-/metrics", routes: "/-/routes", health: "/-/health" } as const;

/** What is served now. */
export interface Served {
  readonly stacks: readonly StackDefinition[];
  readonly gateway: Pick<Gateway, "notEmulated">;
}

/**
 * Metrics, routes and health of a gateway.
 *
 * @param served what is served at the time of a request
 */
export function adminPages(metrics: Metrics, served: () => Served): AdminPages {
  return {
    [ADMIN_PATHS.metrics]: () => ({ contentType: PROMETHEUS_CONTENT_TYPE, body: metrics.text() }),
    [ADMIN_PATHS.routes]: () => {
      const { stacks, gateway } = served();
      return jsonPage({ routes: routesView({ stacks, notEmulated: gateway.notEmulated() }) });
    },
    [ADMIN_PATHS.health]: () =>
      jsonPage({ status: "ok", stacks: served().stacks.flatMap(({ name }) => name.split(", ")) }),
  };
}
