import type { RestApi } from "@aws-sdk/client-api-gateway";
import type { Json, JsonObject } from "../../definition/json";
import { present } from "../../definition/present";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { DeployedApiDefinition } from "../../definition/stack";
import { unknownsIn } from "../../definition/unknown";
import { compareSnapshot } from "./compare-snapshots";
import { compareStage } from "./compare-stages";
import { compareValues } from "./compare-values";
import type { DeclaredStage } from "./declared-stages";
import type { DeployedApi } from "./deployed-apis";
import { type Comparison, difference, joined } from "./difference";
import { deployedPolicy, normalPolicy } from "./normal-policy";
import { ownTags } from "./own-tags";

/** An API as the stack has it. */
export interface DeclaredApi {
  readonly definition: DeployedApiDefinition;
  readonly stages: readonly DeclaredStage[];
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** Compares an API, its stages, and what each of them serves. */
export function compareApi(
  { definition, stages, defaultTags }: DeclaredApi,
  deployed: DeployedApi | undefined,
): Comparison {
  const { api, id } = definition;
  const place = api.name;
  if (unknownsIn(id).length > 0) return difference(place, "api", "declared", "not in the state");
  if (deployed === undefined) return difference(place, "api", "declared", "missing");
  const undeclared = deployed.stages.filter(
    ({ stage }) => !definition.stages.some(({ name }) => name === stage.stageName),
  );
  return joined([
    compareValues(place, "", propertiesOf(api, defaultTags), deployedProperties(deployed.api)),
    ...definition.stages.map((stage) => {
      const placeOfStage = `${place}/${stage.name}`;
      const found = deployed.stages.find((candidate) => candidate.stage.stageName === stage.name);
      const references = stages.find(({ name, restApiId }) => name === stage.name && restApiId === id);
      if (found === undefined) return difference(placeOfStage, "stage", "declared", "missing");
      return joined([
        compareStage(placeOfStage, { ...stage, tags: { ...defaultTags, ...stage.tags } }, references, found.stage),
        compareSnapshot(placeOfStage, definition, references, found),
      ]);
    }),
    ...undeclared.map(({ stage }) => difference(`${place}/${stage.stageName}`, "stage", undefined, "deployed")),
  ]);
}

/** What GetRestApi says of a declared API. */
function propertiesOf(api: RestApiDefinition, defaultTags: Readonly<Record<string, string>>): JsonObject {
  const { description, endpointType, disableExecuteApiEndpoint, minimumCompressionSizeBytes, apiKeySource } = api;
  return present({
    name: api.name,
    description,
    endpointType,
    vpcEndpointIds: [...api.vpcEndpointIds].sort(),
    disableExecuteApiEndpoint,
    binaryMediaTypes: [...api.binaryMediaTypes].sort(),
    minimumCompressionSizeBytes,
    apiKeySource,
    policy: api.policy && normalPolicy(api.policy),
    tags: { ...defaultTags, ...api.tags },
  } satisfies Readonly<Record<keyof ApiProperties, Json | undefined>>) as JsonObject;
}

/** All of an API that is no part of its snapshots alone. */
type ApiProperties = Required<
  Omit<RestApiDefinition, "methods" | "models" | "requestValidators" | "authorizers" | "gatewayResponses">
>;

function deployedProperties(api: RestApi): JsonObject {
  const { types = [], vpcEndpointIds = [] } = api.endpointConfiguration ?? {};
  const policy = deployedPolicy(api.policy, api.id ?? "");
  return present({
    name: api.name,
    description: api.description || undefined,
    endpointType: types[0],
    vpcEndpointIds: [...vpcEndpointIds].sort(),
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint ?? false,
    binaryMediaTypes: [...(api.binaryMediaTypes ?? [])].sort(),
    minimumCompressionSizeBytes: api.minimumCompressionSize,
    apiKeySource: api.apiKeySource ?? "HEADER",
    policy: policy && normalPolicy(policy),
    tags: ownTags(api.tags),
  } satisfies Readonly<Record<keyof ApiProperties, Json | undefined>>) as JsonObject;
}
