import type { JsonObject } from "../../../definition/json";
import { fromOpenApi } from "../../../definition/openapi/read";
import { present } from "../../../definition/present";
import { ENDPOINT_TYPES, type RestApiDefinition } from "../../../definition/rest-api";
import { readStackAtOnce } from "../../../definition/terraform/read-stack";
import { controlPlaneRoot } from "../../support/twin/control-plane-root";
import type { RestApiRecord, Snapshot } from "../../support/twin/rest-api";
import { ownTags } from "./own-tags";

/**
 * What a deployment froze, as the definition that it is. Name, description, tags and endpoint belong to the API and not to
 * its snapshots: they are what the API says now.
 */
export function liveDefinition(api: RestApiRecord, deploymentId: string | undefined): RestApiDefinition {
  const snapshot = api.deployments.get(deploymentId ?? "")?.snapshot;
  if (!snapshot) throw new Error(`"${api.properties.name}" has no deployment ${deploymentId}`);
  const { name, description, tags, endpointConfiguration } = api.properties;
  const { description: _, ...frozen } = frozenDefinition(snapshot);
  const [type] = ENDPOINT_TYPES.filter((known) => endpointConfiguration.types.includes(known));
  return present({ ...frozen, name, description, tags: ownTags(tags), endpointType: type ?? frozen.endpointType });
}

function frozenDefinition({ properties, document }: Snapshot): RestApiDefinition {
  return document.resources === undefined ? fromDocument(document) : fromResources(properties, document);
}

function fromDocument(document: JsonObject): RestApiDefinition {
  return fromOpenApi(document, { endpointType: "REGIONAL", tags: {} });
}

function fromResources(properties: Snapshot["properties"], listed: JsonObject): RestApiDefinition {
  const [deployed] = readStackAtOnce(controlPlaneRoot(properties, listed), "control-plane").apis;
  if (!deployed) throw new Error(`"${properties.name}" could not be read back`);
  return deployed.api;
}
