import {
  ApiGatewayRestApi,
  type ApiGatewayRestApiEndpointConfiguration,
} from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPut } from "@cdktf/provider-aws/lib/api-gateway-rest-api-put";
import { type ITerraformDependable, Lazy } from "cdktf";
import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { IAuthorizer } from "../authorizers/authorizer";
import { checkRestApi, restApiProblems } from "../checks/rest-api-checks";
import { DomainName, type DomainNameOptions } from "../domains/domain-name";
import type { PolicyStatement } from "../iam/policy-statement";
import type { Integration } from "../integrations/integration";
import { Measured } from "../monitoring/measured";
import type { MetricScope } from "../monitoring/metric-source";
import { attributeText } from "../terraform-text";
import { ApiKey, type ApiKeyOptions } from "../usage-plans/api-key";
import { UsagePlan, type UsagePlanOptions } from "../usage-plans/usage-plan";
import { describeApi } from "./api-definition";
import { Deployment } from "./deployment";
import { type ApiDocument, writeDocument } from "./document";
import { warnOfUnknownDocument } from "./document-warning";
import {
  type EndpointConfiguration,
  endpointOf,
  type VpcEndpointTarget,
  vpcEndpointId,
} from "./endpoint-configuration";
import { GatewayResponse, type GatewayResponseOptions } from "./gateway-response";
import type { IdVariable } from "./id-variable";
import type { Method, MethodOptions } from "./method";
import { type IModel, Model, type ModelOptions } from "./model";
import { Registry } from "./registry";
import { type IRequestValidator, RequestValidator, type RequestValidatorOptions } from "./request-validator";
import { Resource } from "./resource";
import { ResourcePolicy } from "./resource-policy";
import type { RestApiProps } from "./rest-api-props";
import { parseRoute } from "./route-text";
import { Stage } from "./stage";

export type { RestApiProps };

/**
 * A REST API. `aws_api_gateway_rest_api` holds name, description, tags and endpoint type; all the rest is one OpenAPI
 * document, imported by `aws_api_gateway_rest_api_put` and snapshot by the deployment.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
 */
export class RestApi extends Measured {
  /** A literal. */
  readonly restApiName: string;
  /** `aws_api_gateway_rest_api`. */
  readonly restApi: ApiGatewayRestApi;
  /** `aws_api_gateway_rest_api_put`. */
  readonly importedDocument: ApiGatewayRestApiPut;
  /** The resource `/`. */
  readonly root: Resource;
  /** Absent with `deploy: false`. */
  readonly latestDeployment: Deployment | undefined;
  private readonly registry = new Registry(this);
  private readonly resourcePolicy: ResourcePolicy;
  private readonly endpoint: EndpointConfiguration;
  private readonly props: RestApiProps;
  private defaultStage: Stage | undefined;
  private firstDomain: DomainName | undefined;

  constructor(scope: Construct, id: string, props: RestApiProps = {}) {
    super(scope, id);
    this.props = props;
    this.endpoint = endpointOf(props);
    this.resourcePolicy = new ResourcePolicy(props.policy);
    this.restApiName = props.restApiName ?? id;
    checkRestApi(this, { ...props, restApiName: this.restApiName });
    this.restApi = new ApiGatewayRestApi(this, "Resource", {
      name: attributeText(this, this.restApiName),
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      endpointConfiguration: this.endpointArguments,
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
      ...(props.protect ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.importedDocument = new ApiGatewayRestApiPut(this, "Document", {
      restApiId: this.restApi.id,
      body: Lazy.stringValue({ produce: () => this.document().body }),
      failOnWarnings: true,
    });
    const { defaultIntegration, defaultMethodOptions, defaultCorsPreflightOptions } = props;
    this.root = new Resource(this, "Default", {
      api: this,
      ...(defaultIntegration === undefined ? {} : { defaultIntegration }),
      ...(defaultMethodOptions === undefined ? {} : { defaultMethodOptions }),
      ...(defaultCorsPreflightOptions === undefined ? {} : { defaultCorsPreflightOptions }),
    });
    if (props.deploy ?? true) {
      this.latestDeployment = new Deployment(this, "Deployment", { api: this });
      this.defaultStage = new Stage(this, "DeploymentStage", {
        ...props.deployOptions,
        deployment: this.latestDeployment,
      });
    }
    if (props.domainName !== undefined) this.addDomainName("CustomDomain", props.domainName);
    this.node.addValidation({ validate: () => [...this.registry.problems(), ...restApiProblems(this, this.access)] });
    warnOfUnknownDocument(this, () => this.document());
  }

  /** Id of the API: a reference. */
  get restApiId(): string {
    return this.restApi.id;
  }

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
    return `${this.restApi.executionArn}/${stage}/${method === "ANY" ? "*" : method}${path.replaceAll(/\{[^}]*\}/g, "*")}`;
  }

  /** All methods that were declared, without preflights. */
  get methods(): readonly Method[] {
    return this.registry.methods;
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
   * between. Throws `ROUTE_INVALID`, and what `addResource` and `addMethod` throw.
   * @param integration the backend; by default that of the resource, its parents or the API, else a MOCK
   */
  route(route: string, integration?: Integration, options?: MethodOptions): Method {
    const { httpMethod, path } = parseRoute(this, route);
    return this.root.resourceForPath(path).addMethod(httpMethod, integration, options);
  }

  /** Adds to who may call the API. */
  addToResourcePolicy(statement: PolicyStatement): void {
    this.resourcePolicy.add(statement);
  }

  /**
   * Lets callers in through these VPC endpoints, and nobody else. May be called several times.
   * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
   */
  grantInvokeFromVpcEndpointsOnly(vpcEndpoints: readonly VpcEndpointTarget[]): void {
    this.resourcePolicy.allowVpcEndpointsOnly(vpcEndpoints.map(vpcEndpointId));
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

  /** A plan; its stages and keys are added to it. */
  addUsagePlan(id: string, options: UsagePlanOptions = {}): UsagePlan {
    return new UsagePlan(this, id, options);
  }

  /** A key; it counts when a plan holds it. */
  addApiKey(id: string, options: ApiKeyOptions = {}): ApiKey {
    return new ApiKey(this, id, options);
  }

  /** A model that is part of the document whether or not a method uses it. */
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

  /** Makes an authorizer part of the API. Throws `DUPLICATE_AUTHORIZER` and `AUTHORIZERS_TOO_MANY`. */
  useAuthorizer(authorizer: IAuthorizer): void {
    this.registry.addAuthorizer(authorizer, this.props.maxAuthorizers);
  }

  /** Makes a model part of the API. Throws `DUPLICATE_MODEL` for another schema under the same name. */
  useModel(model: IModel): void {
    this.registry.addModel(model);
  }

  /** Makes a validator part of the API. Throws `DUPLICATE_REQUEST_VALIDATOR` for other checks under the same name. */
  useRequestValidator(validator: IRequestValidator): void {
    this.registry.addRequestValidator(validator);
  }

  /** Makes a gateway response part of the API. Throws `DUPLICATE_GATEWAY_RESPONSE`. */
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

  /** The API as data, as far as it is declared by now. */
  definition(): RestApiDefinition {
    const { props, registry } = this;
    const policy = this.resourcePolicy.toJSON();
    return describeApi({
      name: this.restApiName,
      ...(props.description === undefined ? {} : { description: props.description }),
      endpointType: this.endpoint.types[0],
      vpcEndpointIds: (this.endpoint.vpcEndpoints ?? []).map(vpcEndpointId),
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? false,
      binaryMediaTypes: [...(props.binaryMediaTypes ?? [])],
      ...(props.minimumCompressionSize === undefined
        ? {}
        : { minimumCompressionSizeBytes: props.minimumCompressionSize }),
      apiKeySource: props.apiKeySourceType ?? "HEADER",
      ...(policy === undefined ? {} : { policy }),
      models: registry.models,
      requestValidators: registry.requestValidators,
      authorizers: registry.authorizers,
      gatewayResponses: registry.gatewayResponses,
      resources: registry.resources,
      cors: this.root.cors,
      tags: { ...props.tags },
    });
  }

  /** The document that Terraform imports, as far as it is declared by now. */
  document(): ApiDocument {
    return writeDocument(this, this.definition());
  }

  private get access(): Parameters<typeof restApiProblems>[1] {
    return { endpointType: this.endpoint.types[0], policy: this.resourcePolicy.toJSON() };
  }

  /** The ids of VPC endpoints stand in the document only: two sources would fight. */
  private get endpointArguments(): ApiGatewayRestApiEndpointConfiguration {
    const { types, ipAddressType } = this.endpoint;
    return { types: [...types], ...(ipAddressType === undefined ? {} : { ipAddressType }) };
  }
}
