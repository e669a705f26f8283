import type { Json } from "../../../definition/json";
import { documentOf } from "./document-of";
import { exportDocument } from "./export-document";
import { badRequest, conflict, jsonAnswer, notFound } from "./http";
import { objectOr, text, textMap } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
import { patchOperations } from "./patch";
import type { RestApiRecord } from "./rest-api";
import { apiOf } from "./rest-api-operations";
import { describeStage, type StageRecord, writesLogs } from "./stage";
import { patchStage } from "./stage-patches";

/** API Gateway's operations on stages. */
export const STAGE_OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateStage(context) {
    const api = apiOf(context);
    const stage = createdStage(context);
    if (!/^\w+$/.test(stage.stageName)) throw badRequest("Stage name only allows a-zA-Z0-9_");
    if (api.stages.has(stage.stageName)) throw conflict("Stage already exists");
    requireDeployments(api, stage);
    api.stages.set(stage.stageName, stage);
    return jsonAnswer(201, describeStage(stage));
  },

  GetStage: (context) => jsonAnswer(200, describeStage(stageOf(apiOf(context), context))),

  GetStages: (context) => jsonAnswer(200, { item: [...apiOf(context).stages.values()].map(describeStage) }),

  async UpdateStage(context) {
    const api = apiOf(context);
    const before = stageOf(api, context);
    const operations = patchOperations(context.call.parameters.patchOperations);
    if (writesLogs(operations.reduce(patchStage, before)) && !(await hasCloudWatchRole(context))) {
      throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
    }
    // Patched anew: another update may have come in between.
    const stage = { ...operations.reduce(patchStage, stageOf(api, context)), lastUpdatedDate: context.now() };
    requireDeployments(api, stage);
    api.stages.set(stage.stageName, stage);
    return jsonAnswer(200, describeStage(stage));
  },

  /** Source of the refusal: https://github.com/hashicorp/terraform-provider-aws/issues/41651 */
  DeleteStage(context) {
    const api = apiOf(context);
    const { stageName } = stageOf(api, context);
    const domains = context.domainNames.serving(api.id, stageName).map(({ domainName }) => domainName);
    if (domains.length > 0) {
      throw badRequest(
        `Deleting stage ${stageName} failed. Please remove all base path mappings related to the stage in your domains: ${domains}`,
      );
    }
    api.stages.delete(stageName);
    context.usagePlans.forgetStage(api.id, stageName);
    return { status: 202, headers: {}, body: Buffer.alloc(0) };
  },

  GetExport(context) {
    const api = apiOf(context);
    const { deploymentId, stageName } = stageOf(api, context);
    const deployment = api.deployments.get(deploymentId);
    if (!deployment) throw notFound("Invalid Deployment identifier specified");
    const extensions = parameter(context, "extensions").split(",");
    const document = documentOf(deployment.snapshot);
    return jsonAnswer(200, exportDocument({ api, stageName, deployment, document, extensions }));
  },
};

function stageOf(api: RestApiRecord, context: OperationContext): StageRecord {
  const stage = api.stages.get(parameter(context, "stageName"));
  if (!stage) throw notFound("Invalid stage identifier specified");
  return stage;
}

function requireDeployments(api: RestApiRecord, { deploymentId, canarySettings }: StageRecord): void {
  const ids = [deploymentId, canarySettings?.deploymentId].filter((id) => id !== undefined);
  if (!ids.every((id) => api.deployments.has(id))) throw notFound("Invalid Deployment identifier specified");
}

async function hasCloudWatchRole({ forward }: OperationContext): Promise<boolean> {
  const { body } = await forward({ method: "GET", path: "/account", body: {} });
  return Boolean(objectOr(JSON.parse(body.toString())).cloudwatchRoleArn);
}

function createdStage({ call: { parameters }, now }: OperationContext): StageRecord {
  return {
    stageName: String(parameters.stageName),
    deploymentId: String(parameters.deploymentId),
    description: text(parameters.description),
    cacheClusterEnabled: parameters.cacheClusterEnabled === true,
    cacheClusterSize: text(parameters.cacheClusterSize),
    documentationVersion: text(parameters.documentationVersion),
    tracingEnabled: parameters.tracingEnabled === true,
    variables: textMap(parameters.variables),
    canarySettings: createdCanary(parameters.canarySettings),
    methodSettings: {},
    tags: textMap(parameters.tags),
    createdDate: now(),
    lastUpdatedDate: now(),
  };
}

function createdCanary(value: Json | undefined): StageRecord["canarySettings"] {
  if (value === undefined) return undefined;
  const canary = objectOr(value);
  return {
    deploymentId: text(canary.deploymentId),
    percentTraffic: Number(canary.percentTraffic ?? 0),
    stageVariableOverrides: textMap(canary.stageVariableOverrides),
    useStageCache: canary.useStageCache === true,
  };
}
