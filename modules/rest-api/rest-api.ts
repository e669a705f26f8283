import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPut } from "@cdktf/provider-aws/lib/api-gateway-rest-api-put";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { EndpointType, RestApiDefinition } from "../../definition/rest-api";
import { checkRestApi } from "../checks/rest-api-checks";
import type { PolicyDocument } from "../iam/policy-statement";
import { attributeText } from "../terraform-text";
import { ApiKey, type ApiKeyOptions } from "../usage-plans/api-key";
import { UsagePlan, type UsagePlanOptions } from "../usage-plans/usage-plan";
import { describeApi } from "./api-definition";
import { Deployment } from "./deployment";
import { type ApiDocument, writeDocument } from "./document";
import { GatewayResponse, type GatewayResponseOptions } from "./gateway-response";
import type { Method } from "./method";
import { type IModel, Model, type ModelOptions } from "./model";
import { Registry } from "./registry";
import { type IRequestValidator, RequestValidator, type RequestValidatorOptions } from "./request-validator";
import { Resource, type ResourceOptions } from "./resource";
import { Stage, type StageOptions } from "./stage";

/** Properties of a REST API. All have defaults. */
export interface RestApiProps extends ResourceOptions {
  /** @default - the construct id */
  readonly restApiName?: string;
  readonly description?: string;
  /** One type. @default ["REGIONAL"] */
  readonly endpointTypes?: readonly [EndpointType];
  /**
   * False leaves deployment and stages to you (`new Deployment`, `new Stage`).
   * @default true
   */
  readonly deploy?: boolean;
  /** The stage that `deploy` makes. */
  readonly deployOptions?: StageOptions;
  /**
   * Content types that are bytes and not text.
   * @default - none
   */
  readonly binaryMediaTypes?: readonly string[];
  /**
   * Answers of at least so many bytes are compressed when the client asks for it; 0 to 10,485,760.
   * @default - no compression
   */
  readonly minimumCompressionSize?: number;
  /** @default "HEADER" */
  readonly apiKeySourceType?: "HEADER" | "AUTHORIZER";
  /**
   * Who may call the API. Resources in the short form `execute-api:/<stage>/<verb>/<path>`.
   * @default - anybody
   */
  readonly policy?: PolicyDocument;
  /**
   * True closes `<id>.execute-api.<region>.amazonaws.com`; callers then need a custom domain.
   * @default false
   */
  readonly disableExecuteApiEndpoint?: boolean;
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * True makes Terraform refuse to destroy the API (`prevent_destroy`).
   * @default false
   */
  readonly protect?: boolean;
}

/**
 * A REST API. `aws_api_gateway_rest_api` holds name, description, tags and endpoint type; all the rest is one OpenAPI
 * document, imported by `aws_api_gateway_rest_api_put` and snapshot by the deployment.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
 */
export class RestApi extends Construct {
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
  private readonly props: RestApiProps;
  private defaultStage: Stage | undefined;

  constructor(scope: Construct, id: string, props: RestApiProps = {}) {
    super(scope, id);
    this.props = props;
    this.restApiName = props.restApiName ?? id;
    checkRestApi(this, { ...props, restApiName: this.restApiName });
    this.restApi = new ApiGatewayRestApi(this, "Resource", {
      name: attributeText(this, this.restApiName),
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      endpointConfiguration: { types: [this.endpointType] },
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
    this.node.addValidation({ validate: () => this.registry.problems() });
  }

  /** Id of the API: a reference. */
  get restApiId(): string {
    return this.restApi.id;
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

  /** What must exist before a stage takes requests. */
  get runtimeDependencies(): readonly ITerraformDependable[] {
    return this.registry.dependencies;
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
    return describeApi({
      name: this.restApiName,
      ...(props.description === undefined ? {} : { description: props.description }),
      endpointType: this.endpointType,
      vpcEndpointIds: [],
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? false,
      binaryMediaTypes: [...(props.binaryMediaTypes ?? [])],
      ...(props.minimumCompressionSize === undefined
        ? {}
        : { minimumCompressionSizeBytes: props.minimumCompressionSize }),
      apiKeySource: props.apiKeySourceType ?? "HEADER",
      ...(props.policy === undefined ? {} : { policy: props.policy.toJSON() }),
      models: registry.models,
      requestValidators: registry.requestValidators,
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

  private get endpointType(): EndpointType {
    const [type] = this.props.endpointTypes ?? (["REGIONAL"] as const);
    return type;
  }
}
