import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { RestApiDefinition } from "../../definition/rest-api";
import { checkForeignMethod, unknownResources, warnOfOwner } from "../checks/imported-api-checks";
import { environmentOf } from "../environment";
import { describeApi } from "./api-definition";
import { type ApiDocument, writeDocument } from "./document";
import { emitMethods } from "./imported-rest-api-emission";
import { LastWritten } from "./last-written";
import type { Method } from "./method";
import { methodPath, settingsOfRoute } from "./method-settings";
import { Resource } from "./resource";
import { RestApiBase } from "./rest-api-base";
import { routeKey, type Stage } from "./stage";
import { ALL_ROUTES, settingsOfAllRoutes } from "./stage-options";

/** What must be known of an API that is owned elsewhere. */
export interface RestApiAttributes {
  /** A literal, or a reference such as the output of another stack. */
  readonly restApiId: string;
  /** Id of the resource `/`: needed to add methods. */
  readonly rootResourceId: string;
  /**
   * Needed for metrics, which CloudWatch keeps by the names of APIs.
   * @default - the id stands for the name, and metrics are refused
   */
  readonly restApiName?: string;
}

type KnownAttributes = Omit<RestApiAttributes, "rootResourceId"> & Partial<RestApiAttributes>;

/**
 * An API that is owned elsewhere: for stages, plans, domains, permissions and metrics. Its routes are not known here, so
 * `methodOptions` of a stage may name any.
 *
 * Methods that are added become resources of their own beside those of the owner, below paths that the owner does not have.
 * They go live when somebody deploys: the owner, or a `Deployment` here.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html
 */
export class ImportedRestApi extends RestApiBase {
  readonly restApiName: string;
  readonly restApiId: string;
  readonly root: Resource;
  /** Its owner's are not known here; `addStage` makes one. */
  readonly latestDeployment: undefined;
  /** Id of the resource `/`, when it was given. */
  readonly restApiRootResourceId: string | undefined;
  private readonly written = new LastWritten<ApiDocument>();
  private readonly knownResources = new Map<string, string>();
  private readonly sources: () => readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, attributes: KnownAttributes) {
    super(scope, id);
    this.restApiId = attributes.restApiId;
    this.restApiName = attributes.restApiName ?? attributes.restApiId;
    this.restApiRootResourceId = attributes.rootResourceId;
    this.root = new Resource(this, "Default", { api: this });
    this.sources = emitMethods(this);
    this.node.addValidation({ validate: () => this.problems() });
    warnOfOwner(this);
  }

  override get executionArn(): string {
    const { region, partition, accountId } = environmentOf(this);
    return `arn:${partition}:execute-api:${region}:${accountId}:${this.restApiId}`;
  }

  override get snapshotSources(): readonly ITerraformDependable[] {
    return this.sources();
  }

  override get knowsItsRoutes(): boolean {
    return false;
  }

  /** Path → id of the owner's resources that are known here, besides the root. */
  get resourceIds(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.knownResources);
  }

  /** A resource that the owner has, by its path: see `Resource.fromResourceAttributes`. */
  useResource(path: string, resourceId: string): Resource {
    const resource = this.root.resourceForPath(path);
    this.knownResources.set(resource.path, resourceId);
    return resource;
  }

  /** What is added here. The rest is the owner's. */
  override definition(): RestApiDefinition {
    const { models, requestValidators, authorizers, gatewayResponses, resources } = this.registry;
    return describeApi({
      name: this.restApiName,
      endpointType: "REGIONAL",
      vpcEndpointIds: [],
      disableExecuteApiEndpoint: false,
      binaryMediaTypes: [],
      apiKeySource: "HEADER",
      models,
      requestValidators,
      authorizers,
      gatewayResponses,
      resources,
      // The answers that API Gateway makes itself are the owner's.
      cors: undefined,
      tags: {},
    });
  }

  /** What is added here, as a document: a deployment is another when it changes. Nothing imports it. */
  override document(): ApiDocument {
    return this.written.from(this.definition(), (definition) => writeDocument(this, definition));
  }

  private problems(): string[] {
    return this.methods.length === 0 ? [] : [...this.registry.problems(), ...unknownResources(this)];
  }

  /** Throws `API_ROOT_UNKNOWN` and `API_OWNED_HERE`. */
  override registerMethod(method: Method): void {
    checkForeignMethod(this, method);
    // The stages now learn of the route, and say all about it themselves.
    for (const { node } of this.stages) {
      const settings = node.tryFindChild(settingsId(routeKey(method)));
      if (settings !== undefined) node.tryRemoveChild(settings.node.id);
    }
    super.registerMethod(method);
  }

  /** Settings of routes that the owner has. */
  override registerStage(stage: Stage): void {
    super.registerStage(stage);
    const { methodOptions = {} } = stage.options;
    const known = this.methods.map(routeKey);
    for (const [key, options] of Object.entries(methodOptions)) {
      if (key === ALL_ROUTES || known.includes(key)) continue;
      const [path, verb] = takeApart(this, key);
      new ApiGatewayMethodSettings(stage, settingsId(key), {
        restApiId: this.restApiId,
        stageName: stage.stage.stageName,
        methodPath: methodPath(path, verb),
        settings: settingsOfRoute({ options: {} }, settingsOfAllRoutes(stage.options), options),
      });
    }
  }
}

function settingsId(key: string): string {
  return `Settings of ${key}`;
}

function takeApart(scope: Construct, key: string): readonly [path: string, verb: string] {
  const [, path, verb] = /^(\/.*)\/([A-Z]+)$/.exec(key) ?? [];
  if (path !== undefined && verb !== undefined) return [path, verb];
  throw new ConfigurationError(
    "STAGE_ROUTE_UNKNOWN",
    scope.node.path,
    `methodOptions names "${key}", which is no path and verb`,
    'write it as "/orders/{orderId}/GET"',
  );
}
