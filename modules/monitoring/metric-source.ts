import { Token } from "cdktf";
import { compareCodeUnits } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import { providerPlace } from "../provider-place";
import type { IStage } from "../rest-api/existing-stage";
import type { Method } from "../rest-api/method";
import type { RestApiBase } from "../rest-api/rest-api-base";

/** Whose requests a metric counts: all of an API, those of one stage, or those of one route on one stage. */
export interface MetricScope {
  readonly api: RestApiBase;
  readonly stage?: IStage;
  readonly method?: Method;
}

/** What must be true at synth so that a metric is sent, and means one API. */
export interface MetricSource {
  /** Messages for what is not so. */
  problems(place: string): string[];
}

/** The source of a metric that API Gateway sends by itself. */
export function gatewaySource(metricName: string, scope: MetricScope): MetricSource {
  return {
    problems: (place) =>
      [missingDetail(metricName, scope), missingCache(metricName, scope), sharedName(scope)].flatMap((found) =>
        found === undefined
          ? []
          : [new ConfigurationError(found.code, found.place ?? place, found.problem, found.fix).message],
      ),
  };
}

type Found = Pick<ConfigurationError, "code" | "problem" | "fix"> & { readonly place?: string };

function missingDetail(metricName: string, { stage, method }: MetricScope): Found | undefined {
  if (stage === undefined || method === undefined) return undefined;
  // What the owner of a stage has set is not known here.
  if (stage.settingsOf(method)?.metricsEnabled ?? true) return undefined;
  return {
    code: "METRIC_NEEDS_DETAIL",
    problem: `${metricName} of "${method.route}" is never sent: metricsEnabled is false for it on stage "${stage.stageName}"`,
    fix: "set metricsEnabled: true on the stage, or for the route in methodOptions; or use the metric of the stage",
  };
}

function missingCache(metricName: string, { api, stage, method }: MetricScope): Found | undefined {
  // What the owner of an API caches is not known here.
  if (!metricName.startsWith("Cache") || !api.knowsItsRoutes) return undefined;
  const stages: readonly IStage[] = stage === undefined ? api.stages : [stage];
  const methods = method === undefined ? api.methods : [method];
  if (stages.some((on) => methods.some((it) => on.settingsOf(it)?.cachingEnabled ?? true))) return undefined;
  const whose = method === undefined ? `API "${api.restApiName}"` : `"${method.route}"`;
  const where = stage === undefined ? "" : ` on stage "${stage.stageName}"`;
  return {
    code: "METRIC_NEEDS_CACHE",
    problem: `${metricName} of ${whose}${where} is never sent: no answer is cached there`,
    fix: "declare cache on a route, or leave the metric out",
  };
}

/**
 * CloudWatch keys metrics of REST APIs by name, so that those of two APIs with one name are one. An API of elsewhere may be
 * the very API that has the name here.
 */
function sharedName({ api }: MetricScope): Found | undefined {
  if (!api.knowsItsRoutes) return undefined;
  const name = dimensionOf(api);
  const ofApi = providerPlace(api);
  const others = api.node.root.node
    .findAll()
    .filter((it): it is RestApiBase => it !== api && "knowsItsRoutes" in it && it.knowsItsRoutes === true)
    .filter((it) => dimensionOf(it) === name && providerPlace(it) === ofApi);
  if (others.length === 0) return undefined;
  const paths = [api, ...others].map((it) => it.node.path).sort(compareCodeUnits);
  const [place = api.node.path] = paths;
  return {
    code: "METRIC_SHARED_BY_NAME",
    // The same words wherever such a metric is used: one cause is reported once.
    place,
    problem: `CloudWatch mixes the metrics of ${paths.join(" and ")}: ${paths.length === 2 ? "both" : "all"} APIs are named "${name}"`,
    fix: "give each API of an account and region a restApiName of its own",
  };
}

/**
 * `ApiName` as CloudWatch has it: without characters beyond ASCII; the id of an API whose name has no others.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function dimensionOf({ restApiName, restApiId }: RestApiBase): string {
  if (Token.isUnresolved(restApiName)) return restApiName;
  const name = restApiName.replaceAll(/[^\x20-\x7e]/g, "");
  return name === "" ? restApiId : name;
}
