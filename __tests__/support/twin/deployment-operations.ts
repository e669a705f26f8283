import type { Json, JsonObject } from "../../../definition/json";
import { badRequest, jsonAnswer, notFound } from "./http";
import { isObject, objectOr, withoutUndefined } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
import { type PatchOperation, patchOperations } from "./patch";
import { operationsOf } from "./resources";
import type { DeploymentRecord, RestApiRecord, Snapshot } from "./rest-api";
import { apiOf } from "./rest-api-operations";

/** API Gateway's operations on deployments. A deployment is a snapshot: nothing changes it later. */
export const DEPLOYMENT_OPERATIONS: Readonly<Record<string, Operation>> = {
  async CreateDeployment(context) {
    const api = apiOf(context);
    const snapshot = await takeSnapshot(api, context);
    const description = parameter(context, "description");
    const deployment: DeploymentRecord = {
      id: context.nextId(),
      createdDate: context.now(),
      ...(description && { description }),
      snapshot,
    };
    api.deployments.set(deployment.id, deployment);
    const stage = api.stages.get(parameter(context, "stageName"));
    if (stage) api.stages.set(stage.stageName, { ...stage, deploymentId: deployment.id });
    return jsonAnswer(201, describeDeployment(deployment));
  },

  GetDeployment: (context) => jsonAnswer(200, describeDeployment(deploymentOf(apiOf(context), context))),

  GetDeployments: (context) =>
    jsonAnswer(200, { item: [...apiOf(context).deployments.values()].map(describeDeployment) }),

  UpdateDeployment(context) {
    const api = apiOf(context);
    const deployment = patchOperations(context.call.parameters.patchOperations).reduce(
      patchDeployment,
      deploymentOf(api, context),
    );
    api.deployments.set(deployment.id, deployment);
    return jsonAnswer(200, describeDeployment(deployment));
  },

  DeleteDeployment(context) {
    const api = apiOf(context);
    const { id } = deploymentOf(api, context);
    const inUse = [...api.stages.values()].some(
      ({ deploymentId, canarySettings }) => deploymentId === id || canarySettings?.deploymentId === id,
    );
    if (inUse) throw badRequest("Active stages pointing to this deployment must be moved or deleted");
    api.deployments.delete(id);
    return { status: 202, headers: {}, body: Buffer.alloc(0) };
  },
};

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDeployment-Patch */
function patchDeployment(deployment: DeploymentRecord, { op, path, value }: PatchOperation): DeploymentRecord {
  if (path !== "/description") throw badRequest(`Invalid patch path '${path}' specified for op '${op}'`);
  return { ...deployment, description: value || undefined };
}

function deploymentOf(api: RestApiRecord, context: OperationContext): DeploymentRecord {
  const deployment = api.deployments.get(parameter(context, "deploymentId"));
  if (!deployment) throw notFound("Invalid Deployment identifier specified");
  return deployment;
}

async function takeSnapshot(api: RestApiRecord, context: OperationContext): Promise<Snapshot> {
  const properties = structuredClone(api.properties);
  if (!api.document) return { properties, document: await listParts(api, context) };
  const operations = operationsOf(api.document);
  if (operations.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (operations.some(({ operation }) => !isObject(operation["x-amazon-apigateway-integration"]))) {
    throw badRequest("No integration defined for method");
  }
  return { properties, document: structuredClone(api.document) };
}

/** All that an API without a document consists of, as the control plane lists it. */
async function listParts({ id, resources }: RestApiRecord, context: OperationContext): Promise<JsonObject> {
  const entries = Object.entries(PARTS).map(async ([name, path]) => {
    const { body } = await context.forward({ method: "GET", path: `/restapis/${id}/${path}`, body: {} });
    return [name, listed(JSON.parse(body.toString()))] as const;
  });
  const parts = Object.fromEntries(await Promise.all(entries));
  return { ...parts, resources: resources.all().map((resource) => resources.describe(resource, true)) };
}

const PARTS = {
  authorizers: "authorizers",
  gatewayResponses: "gatewayresponses",
  models: "models",
  requestValidators: "requestvalidators",
} as const;

function listed(answer: Json): Json {
  return objectOr(answer).item ?? [];
}

function describeDeployment({ id, createdDate, description }: DeploymentRecord) {
  return withoutUndefined({ id, createdDate, description });
}
