import {
  APIGatewayClient,
  CreateDeploymentCommand,
  GetResourcesCommand,
  type PatchOperation,
  PutRestApiCommand,
  UpdateIntegrationCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import {
  AddPermissionCommand,
  GetAliasCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { toOpenApi } from "../../../definition/openapi/write";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { PLACE } from "./place";
import { ROLE } from "./shop-definition";

/** What somebody does in the account behind Terraform's back. */
export interface Account {
  readonly apiGateway: APIGatewayClient;
  /** Deploys another definition to a stage; what the API itself says is put back, so that only the snapshot differs. */
  deploy(restApiId: string, stageName: string, other: RestApiDefinition, declared: RestApiDefinition): Promise<void>;
  deployAsItIs(restApiId: string, stageName: string): Promise<void>;
  updateIntegration(restApiId: string, path: string, httpMethod: string, patch: PatchOperation): Promise<void>;
  updateApi(restApiId: string, ...patchOperations: PatchOperation[]): Promise<void>;
  updateStage(restApiId: string, stageName: string, ...patchOperations: PatchOperation[]): Promise<void>;
  /** Publishes a function that is as declared but for this change, and moves its alias. */
  updateFunction(change: Omit<UpdateFunctionConfigurationCommandInput, "FunctionName">): Promise<void>;
  /** The same with other code. */
  updateCode(source: string): Promise<void>;
  publishLayer(name: string): Promise<void>;
  /** Takes a statement from the policy of the alias. */
  removePermission(statementId: string): Promise<void>;
  /** Lets API Gateway call the alias for what has that ARN. */
  addPermission(statementId: string, sourceArn: string): Promise<void>;
  /** Version that the alias points to. */
  liveVersion(): Promise<string>;
  /** @param others versions that take a share of the calls */
  moveAlias(version: string, others?: Readonly<Record<string, number>>): Promise<void>;
}

const FUNCTION = { FunctionName: "shop-read" };
const AS_DECLARED: Omit<UpdateFunctionConfigurationCommandInput, "FunctionName"> = {
  Handler: "index.handler",
  Runtime: "nodejs22.x",
  MemorySize: 256,
  Timeout: 10,
  Environment: { Variables: { API_KEY: "wonderland" } },
  Role: ROLE,
  TracingConfig: { Mode: "Active" },
  EphemeralStorage: { Size: 1024 },
  Layers: [],
};
const ALIAS = { ...FUNCTION, Name: "live" };

/** @param credentials environment variables with the keys of a role in the account */
export function accountOf(endpoint: string, credentials: NodeJS.ProcessEnv): Account {
  const settings = {
    endpoint,
    region: PLACE.region,
    credentials: {
      accessKeyId: credentials.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY ?? "",
      sessionToken: credentials.AWS_SESSION_TOKEN,
    },
  };
  const apiGateway = new APIGatewayClient(settings);
  const lambda = new LambdaClient(settings);
  const moveAlias: Account["moveAlias"] = async (version, others = {}) => {
    const RoutingConfig = { AdditionalVersionWeights: { ...others } };
    await lambda.send(new UpdateAliasCommand({ ...ALIAS, FunctionVersion: version, RoutingConfig }));
  };
  const put = async (restApiId: string, definition: RestApiDefinition) => {
    const body = Buffer.from(JSON.stringify(toOpenApi(definition)));
    await apiGateway.send(new PutRestApiCommand({ restApiId, mode: "overwrite", body }));
  };
  const publish = async () => {
    const { Version = "" } = await lambda.send(new PublishVersionCommand(FUNCTION));
    await moveAlias(Version);
  };
  return {
    apiGateway,
    moveAlias,
    publishLayer: async (name) => {
      const Content = { ZipFile: zipSync({ "a.txt": strToU8("a") }) };
      await lambda.send(new PublishLayerVersionCommand({ LayerName: name, Content }));
    },
    removePermission: async (StatementId) => {
      await lambda.send(new RemovePermissionCommand({ ...FUNCTION, Qualifier: ALIAS.Name, StatementId }));
    },
    addPermission: async (StatementId, SourceArn) => {
      const Principal = "apigateway.amazonaws.com";
      const statement = { StatementId, SourceArn, Principal, Action: "lambda:InvokeFunction" };
      await lambda.send(new AddPermissionCommand({ ...FUNCTION, Qualifier: ALIAS.Name, ...statement }));
    },
    liveVersion: async () => (await lambda.send(new GetAliasCommand(ALIAS))).FunctionVersion ?? "",
    deploy: async (restApiId, stageName, other, declared) => {
      await put(restApiId, other);
      await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName }));
      await put(restApiId, declared);
    },
    deployAsItIs: async (restApiId, stageName) => {
      await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName }));
    },
    updateIntegration: async (restApiId, path, httpMethod, patch) => {
      const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
      const resourceId = items.find((resource) => resource.path === path)?.id;
      const patchOperations = [patch];
      await apiGateway.send(new UpdateIntegrationCommand({ restApiId, resourceId, httpMethod, patchOperations }));
    },
    updateApi: async (restApiId, ...patchOperations) => {
      await apiGateway.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    },
    updateStage: async (restApiId, stageName, ...patchOperations) => {
      await apiGateway.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    },
    updateFunction: async (change) => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ ...FUNCTION, ...AS_DECLARED, ...change }));
      await publish();
    },
    updateCode: async (source) => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ ...FUNCTION, ...AS_DECLARED }));
      const ZipFile = zipSync({ "index.js": strToU8(source) });
      await lambda.send(new UpdateFunctionCodeCommand({ ...FUNCTION, ZipFile }));
      await publish();
    },
  };
}
