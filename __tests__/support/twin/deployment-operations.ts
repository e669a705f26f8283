import type { Json } from "../../../definition/json";
import { badRequest, jsonAnswer, notFound } from "./http";
import { isObject, objectOr, withoutUndefined } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
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
    return jsonAnswer(201, describeDeployment(deployment));
  },

  GetDeployment: (context) => jsonAnswer(200, describeDeployment(deploymentOf(apiOf(context), context))),

  GetDeployments: (context) =>
    jsonAnswer(200, { item: [...apiOf(context).deployments.values()].map(describeDeployment) }),

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

function deploymentOf(api: RestApiRecord, context: OperationContext): DeploymentRecord {
  const deployment = api.deployments.get(parameter(context, "deploymentId"));
  if (!deployment) throw notFound("Invalid Deployment identifier specified");
  return deployment;
}

async function takeSnapshot(api: RestApiRecord, context: OperationContext): Promise<Snapshot> {
  const properties = structuredClone(api.properties);
  if (!api.document) {
    const path = `/restapis/${api.id}/resources?embed=methods`;
    const { body } = await context.forward({ method: "GET", path, body: {} });
    return { properties, document: { resources: listed(JSON.parse(body.toString())) } };
  }
  const operations = operationsOf(api.document);
  if (operations.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (operations.some(({ operation }) => !isObject(operation["x-amazon-apigateway-integration"]))) {
    throw badRequest("No integration defined for method");
  }
  return { properties, document: structuredClone(api.document) };
}

function listed(answer: Json): Json {
  return objectOr(answer).item ?? [];
}

function describeDeployment({ id, createdDate, description }: DeploymentRecord) {
  return withoutUndefined({ id, createdDate, description });
}
