import type { ITerraformDependable } from "cdktf";
import { ConfigurationError } from "../../definition/configuration-error";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { IAuthorizer } from "../authorizers/authorizer";
import { checkAddedStage } from "../checks/deployment-checks";
import { DomainName, type DomainNameOptions } from "../domains/domain-name";
import type { Integration } from "../integrations/integration";
import { Measured } from "../monitoring/measured";
import type { MetricScope } from "../monitoring/metric-source";
import { quotasOf } from "../quotas";
import { ApiKey, type ApiKeyOptions } from "../usage-plans/api-key";
import { UsagePlan } from "../usage-plans/usage-plan";
import type { UsagePlanOptions } from "../usage-plans/usage-plan-options";
import { Deployment } from "./deployment";
import type { ApiDocument } from "./document";
import { GatewayResponse, type GatewayResponseOptions } from "./gateway-response";
import type { IdVariable } from "./id-variable";
import type { Method, MethodOptions } from "./method";
import { type IModel, Model, type ModelOptions } from "./model";
import { Registry } from "./registry";
import { type IRequestValidator, RequestValidator, type RequestValidatorOptions } from "./request-validator";
import type { Resource } from "./resource";
import { parseRoute } from "./route-text";
import { Stage, type StageOptions } from "./stage";

/** A further stage: its settings, and what it serves. */
export interface AddedStageOptions extends StageOptions {
  /** @default - the deployment that all added stages of the API share with the API's own stage */
  readonly deployment?: Deployment;
}

/**
 * What every REST API can do, however it came about: declared here, imported as a document, or owned by somebody else.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html
 */
export abstract class RestApiBase extends Measured {
  /** A literal, or a reference for an API that is owned elsewhere. */
  abstract readonly restApiName: string;
  /** Id of the API: a reference, or a literal for an API that is owned elsewhere. */
  abstract readonly restApiId: string;
  /** `arn:<partition>:execute-api:<region>:<account>:<api id>`. */
  abstract readonly executionArn: string;
  /** The resource `/`. */
  abstract readonly root: Resource;
  /** The snapshot that the API's own stage serves, if there is one. */
  abstract readonly latestDeployment: Deployment | undefined;
  protected readonly registry = new Registry(this);
  private readonly declaredStages: Stage[] = [];
  private readonly stageListeners: ((stage: Stage) => void)[] = [];
  private defaultStage: Stage | undefined;
  private sharedDeployment: Deployment | undefined;
  private firstDomain: DomainName | undefined;

  /** The API as data, as far as it is declared by now. */
  abstract definition(): RestApiDefinition;

  /** The definition as the document that API Gateway imports, as far as it is declared by now. */
  abstract document(): ApiDocument;

  /** What must have been applied before a snapshot is taken. Asked at synth. */
  abstract get snapshotSources(): readonly ITerraformDependable[];

  protected override get measured(): MetricScope {
    return { api: this };
  }

  /** The stage that `deploy` made, or the one that was set. Throws `API_WITHOUT_STAGE` when there is neither. */
  get deploymentStage(): Stage {
    if (this.defaultStage !== undefined) return this.defaultStage;
    throw new ConfigurationError(
      "API_WITHOUT_STAGE",
      this.node.path,
      "the API has no stage of its own: deploy is false",
      "leave deploy at true, or set deploymentStage to a Stage of yours",
    );
  }

  set deploymentStage(stage: Stage) {
    this.defaultStage = stage;
  }

  /** URL of the stage, with a slash at the end. */
  get url(): string {
    return this.urlForPath("/");
  }

  /** URL of a path on the stage. */
  urlForPath(path = "/"): string {
    return this.deploymentStage.urlForPath(path);
  }

  /** ARN for IAM policies that let callers invoke routes; `*` stands for all, and the stage is the API's own. */
  arnForExecuteApi(method = "*", path = "/*", stage = this.defaultStage?.stageName ?? "*"): string {
    return `${this.executionArn}/${stage}/${method === "ANY" ? "*" : method}${path.replaceAll(/\{[^}]*\}/g, "*")}`;
  }

  /** All methods that were declared, without preflights. */
  get methods(): readonly Method[] {
    return this.registry.methods;
  }

  /** The stages of the API, in whichever stack they are declared. */
  get stages(): readonly Stage[] {
    return this.declaredStages;
  }

  /** True when what is declared here is all that there is. False: the API may have other routes, or a closed endpoint. */
  get knowsItsRoutes(): boolean {
    return true;
  }

  /** Ids that only AWS can mint, and that every stage passes on to routes and authorizers. */
  get idVariables(): readonly IdVariable[] {
    return this.registry.idVariables;
  }

  /** What must exist before a stage takes requests. */
  get runtimeDependencies(): readonly ITerraformDependable[] {
    return this.registry.dependencies;
  }

  /**
   * Declares a route in one line, as in `api.route("GET /orders/{orderId}", integration)`, and creates the resources in
   * between. Reports `ROUTE_INVALID` at synth, and what `addResource` and `addMethod` report.
   * @param integration the backend; by default that of the resource, its parents or the API, else a MOCK
   */
  route(route: string, integration?: Integration, options?: MethodOptions): Method {
    const { httpMethod, path } = parseRoute(this, route);
    return this.root.resourceForPath(path).addMethod(httpMethod, integration, options);
  }

  /** The first domain of the API: that of the props, or of `addDomainName`. */
  get domainName(): DomainName | undefined {
    return this.firstDomain;
  }

  /** A custom domain that serves the API's own stage. */
  addDomainName(id: string, options: DomainNameOptions): DomainName {
    const domain = new DomainName(this, id, { ...options, mapping: this });
    this.firstDomain ??= domain;
    return domain;
  }

  /**
   * A further stage with settings of its own. It serves the API's deployment, which it makes when there is none, or one of
   * yours.
   */
  addStage(id: string, { deployment = this.ownDeployment(), ...options }: AddedStageOptions): Stage {
    checkAddedStage(this, deployment.api);
    return new Stage(this, id, { ...options, deployment });
  }

  /** A plan; its stages and keys are added to it. */
  addUsagePlan(id: string, options: UsagePlanOptions = {}): UsagePlan {
    return new UsagePlan(this, id, options);
  }

  /** A key; it counts when a plan holds it. */
  addApiKey(id: string, options: ApiKeyOptions = {}): ApiKey {
    return new ApiKey(this, id, options);
  }

  /** A model that is part of the API whether or not a method uses it. */
  addModel(id: string, options: ModelOptions): Model {
    return new Model(this, id, { restApi: this, ...options });
  }

  /** A validator under a name of its own. Methods derive theirs, so this is seldom needed. */
  addRequestValidator(id: string, options: RequestValidatorOptions): RequestValidator {
    return new RequestValidator(this, id, { restApi: this, ...options });
  }

  /** Customises an answer that API Gateway makes itself. */
  addGatewayResponse(id: string, options: GatewayResponseOptions): GatewayResponse {
    return new GatewayResponse(this, id, { restApi: this, ...options });
  }

  /** Makes an authorizer part of the API. Reports `DUPLICATE_AUTHORIZER` and `AUTHORIZERS_TOO_MANY` at synth. */
  useAuthorizer(authorizer: IAuthorizer): void {
    this.registry.addAuthorizer(authorizer, quotasOf(this).authorizersPerApi);
  }

  /** Makes a model part of the API. Reports `DUPLICATE_MODEL` at synth for another schema under the same name. */
  useModel(model: IModel): void {
    this.registry.addModel(model);
  }

  /** Makes a validator part of the API. Reports `DUPLICATE_REQUEST_VALIDATOR` at synth for other checks under the same name. */
  useRequestValidator(validator: IRequestValidator): void {
    this.registry.addRequestValidator(validator);
  }

  /** Makes a gateway response part of the API. Reports `DUPLICATE_GATEWAY_RESPONSE` at synth. */
  useGatewayResponse(response: GatewayResponse): void {
    this.registry.addGatewayResponse(response);
  }

  /** Called by each method when it is complete. */
  registerMethod(method: Method): void {
    this.registry.addMethod(method);
  }

  /** Calls back for each method that exists, and for each that will. */
  onMethod(listener: (method: Method) => void): void {
    this.registry.onMethod(listener);
  }

  /** Called by each stage that serves the API. */
  registerStage(stage: Stage): void {
    this.declaredStages.push(stage);
    for (const listener of this.stageListeners) listener(stage);
  }

  /** Calls back for each stage that exists, and for each that will. */
  onStage(listener: (stage: Stage) => void): void {
    this.stageListeners.push(listener);
    for (const stage of this.declaredStages) listener(stage);
  }

  private ownDeployment(): Deployment {
    this.sharedDeployment ??= this.latestDeployment ?? new Deployment(this, "Deployment", { api: this });
    return this.sharedDeployment;
  }
}
