import { compareCodeUnits } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import type { GatewayResponseDefinition } from "../../definition/gateway-response";
import type { Json, JsonObject } from "../../definition/json";
import { routeKey } from "../../definition/openapi/operation-id";
import { fromOpenApi } from "../../definition/openapi/read";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { DeployedApiDefinition } from "../../definition/stack";
import { alignModels } from "./align-models";
import { compareValues } from "./compare-values";
import type { DeclaredStage } from "./declared-stages";
import type { DeployedStage } from "./deployed-apis";
import { type Comparison, difference, joined, notCompared } from "./difference";
import { normalAuthorizer, normalGatewayResponse, normalMethod, normalModel } from "./normal-parts";
import { normalPolicy, withShortForm } from "./normal-policy";
import { usedAuthorizers, usedModels, usedValidators } from "./used-parts";

/** Properties of a snapshot that no export says; GetRestApi says what the API has now. */
const NOT_EXPORTED = "apiKeySource, disableExecuteApiEndpoint, minimumCompressionSizeBytes";

/**
 * Compares the snapshot that a stage serves with what is declared now, route by route.
 *
 * @param place as in `shop/v1`
 * @param references ids that the stage refers to; absent where they are not known
 */
export function compareSnapshot(
  place: string,
  { api: declared, id: restApiId }: DeployedApiDefinition,
  references: DeclaredStage | undefined,
  { document, refusal, stage }: DeployedStage,
): Comparison {
  if (references?.servesNewest === false) {
    const reason = "the stage serves an earlier snapshot, which is declared by its id alone, and AWS exports no canary";
    return notCompared(place, "definition", reason);
  }
  if (document === undefined) return notCompared(place, "definition", refusal ?? "it was not exported");
  const deployed = alignModels(declared, readExport(document, place));
  const canary =
    stage.canarySettings?.deploymentId === undefined
      ? []
      : [notCompared(`${place} canary`, "definition", "AWS exports no canary")];
  return joined([
    compareRoutes(place, declared, deployed),
    compareParts(place, declared, deployed),
    compareValues(
      place,
      "binaryMediaTypes",
      [...declared.binaryMediaTypes].sort(),
      [...deployed.binaryMediaTypes].sort(),
    ),
    compareValues(place, "policy", policyOf(declared, restApiId), policyOf(deployed, restApiId)),
    notCompared(place, `${NOT_EXPORTED} of the snapshot`, "no export carries them; those of the API are compared"),
    notCompared(place, "descriptions, titles and examples", "an export carries none"),
    ...canary,
  ]);
}

/** @throws ConfigurationError those of `fromOpenApi`, for what AWS has learned since */
function readExport(document: JsonObject, place: string): RestApiDefinition {
  try {
    return fromOpenApi(document, { endpointType: "REGIONAL", tags: {} });
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    const problem = `what AWS exports of the stage cannot be read: ${cause.problem}`;
    throw new ConfigurationError(cause.code, `${place}: ${cause.place}`, problem, cause.fix, { cause });
  }
}

function compareRoutes(place: string, declared: RestApiDefinition, deployed: RestApiDefinition): Comparison {
  const left = new Map(declared.methods.map((method) => [routeKey(method), method]));
  const right = new Map(deployed.methods.map((method) => [routeKey(method), method]));
  return joined(
    [...new Set([...left.keys(), ...right.keys()])].sort(byPath).map((route) => {
      const [ours, theirs] = [left.get(route), right.get(route)];
      const placeOfRoute = `${place} ${route}`;
      if (ours === undefined) return difference(placeOfRoute, "route", undefined, "deployed");
      if (theirs === undefined) return difference(placeOfRoute, "route", "declared", "missing");
      const pair = { declared: ours, deployed: theirs };
      return compareValues(placeOfRoute, "", normalMethod(ours, pair), normalMethod(theirs, pair));
    }),
  );
}

function byPath(left: string, right: string): number {
  const [leftVerb = "", leftPath = ""] = left.split(" ");
  const [rightVerb = "", rightPath = ""] = right.split(" ");
  return leftPath.localeCompare(rightPath, "en") || leftVerb.localeCompare(rightVerb, "en");
}

interface Kind<Part> {
  readonly partsOf: (api: RestApiDefinition) => Readonly<Record<string, Part>>;
  readonly normal: (part: Part, name: string) => Json;
  /** Absent: an export has all of them. */
  readonly usedBy?: (api: RestApiDefinition) => ReadonlySet<string>;
}

/** An export has the models, validators and authorizers that routes use, and no others. */
function compareParts(place: string, declared: RestApiDefinition, deployed: RestApiDefinition): Comparison {
  const compare = <Part>(kind: string, { partsOf, normal, usedBy }: Kind<Part>): Comparison => {
    const visible = (api: RestApiDefinition) => {
      const used = usedBy?.(api);
      return new Map(Object.entries(partsOf(api)).filter(([name]) => used?.has(name) ?? true));
    };
    const [left, right] = [visible(declared), visible(deployed)];
    const hidden = Object.keys(partsOf(declared)).filter((name) => !left.has(name));
    return joined([
      ...[...new Set([...left.keys(), ...right.keys()])].sort(compareCodeUnits).map((name) => {
        const [ours, theirs] = [left.get(name), right.get(name)];
        const field = `${kind}.${name}`;
        if (ours === undefined) return difference(place, field, undefined, "deployed");
        if (theirs === undefined) return difference(place, field, "declared", "missing");
        return compareValues(place, field, normal(ours, name), normal(theirs, name));
      }),
      ...hidden.map((name) =>
        notCompared(place, `${kind}.${name}`, "no route uses it, and an export has only what routes use"),
      ),
    ]);
  };
  return joined([
    compare("models", { partsOf: (api) => api.models, normal: normalModel, usedBy: usedModels }),
    compare("requestValidators", {
      partsOf: (api) => api.requestValidators,
      normal: (validator) => ({ ...validator }),
      usedBy: usedValidators,
    }),
    compare("authorizers", { partsOf: (api) => api.authorizers, normal: normalAuthorizer, usedBy: usedAuthorizers }),
    compare("gatewayResponses", {
      partsOf: (api): Readonly<Record<string, GatewayResponseDefinition>> => api.gatewayResponses,
      normal: normalGatewayResponse,
    }),
  ]);
}

function policyOf({ policy }: RestApiDefinition, restApiId: string): Json | undefined {
  return policy && normalPolicy(withShortForm(policy, restApiId));
}
