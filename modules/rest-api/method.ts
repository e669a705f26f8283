import type { Construct } from "constructs";
import type { HttpMethod } from "../../definition/method";
import { AuthorizationType } from "../authorizers/authorization-type";
import type { IAuthorizer } from "../authorizers/authorizer";
import { checkMethod } from "../checks/method-checks";
import { METHOD_KINDS } from "../checks/method-kinds";
import { acceptedOptions } from "../checks/option-kinds";
import type { Duration } from "../duration";
import { type Grantee, grantTo } from "../iam/grantee";
import { PolicyStatement } from "../iam/policy-statement";
import type { Integration, IntegrationConfig } from "../integrations/integration";
import { MeasuredRoute } from "../monitoring/measured-route";
import type { MetricScope } from "../monitoring/metric-source";
import { boundIntegration } from "./bound-integration";
import type { IStage } from "./existing-stage";
import type { CacheSettings } from "./method-settings";
import type { IModel } from "./model";
import { type IRequestValidator, type RequestValidatorOptions, toRequestValidator } from "./request-validator";
import type { Resource } from "./resource";
import type { RestApiBase } from "./rest-api-base";
import type { Throttle } from "./throttle";

/** What answers of one status may carry. */
export interface MethodResponse {
  readonly statusCode: string;
  /**
   * `method.response.header.<name>` → whatever; AWS ignores the value.
   * @default - the headers that integration responses set
   */
  readonly responseParameters?: Readonly<Record<string, boolean>>;
  /** @default - no model */
  readonly responseModels?: Readonly<Record<string, IModel>>;
}

/** Cached answers of one route. Turns the stage's cache cluster on, which AWS bills by the hour. */
export interface MethodCache extends CacheSettings {
  /**
   * 0 to 3,600 s. Either this or `ttl`.
   * @default 300
   */
  readonly ttlSeconds?: number;
  /**
   * The same as a `Duration`. Either this or `ttlSeconds`.
   * @default Duration.minutes(5)
   */
  readonly ttl?: Duration;
  /**
   * `method.request.{querystring,header}.<name>`: parameters that tell answers apart. They are declared by themselves.
   * The variables of the path always tell answers apart, and so does `Origin` where CORS names exact origins.
   * @default - all query parameters that the method declares
   */
  readonly keys?: readonly string[];
}

/** Everything about a method but its backend. */
export interface MethodOptions {
  /**
   * True asks callers for an `x-api-key` of a usage plan.
   * @default false
   */
  readonly apiKeyRequired?: boolean;
  /**
   * Who decides whether a caller may call. Methods OPTIONS do not inherit it: preflights carry no credentials.
   * @default - nobody, or the authorizer of the resource, its parents or the API
   */
  readonly authorizer?: IAuthorizer;
  /**
   * `AuthorizationType.NONE` or `IAM` opts out of an inherited authorizer.
   * @default - what the authorizer implies, else what is inherited, else AuthorizationType.NONE
   */
  readonly authorizationType?: AuthorizationType;
  /**
   * OAuth scopes, one of which an access token must have. With a `CognitoUserPoolsAuthorizer` only.
   * @default - identity tokens are accepted, and their scopes are not looked at
   */
  readonly authorizationScopes?: readonly string[];
  /**
   * `method.request.{path,querystring,header}.<name>` → required? Required ones are validated.
   * @default - the variables of the path
   */
  readonly requestParameters?: Readonly<Record<string, boolean>>;
  /**
   * Content type → model that bodies must match.
   * @default - any body
   */
  readonly requestModels?: Readonly<Record<string, IModel>>;
  /**
   * Model that JSON bodies must match: short for `requestModels` with the content type of the model.
   * @default - any body
   */
  readonly requestBody?: IModel;
  /** @default - validates the body when there is a model, and the parameters when one is required */
  readonly requestValidator?: IRequestValidator;
  /**
   * Instead of `requestValidator`; methods with equal options share one.
   * @default - what `requestValidator` does
   */
  readonly requestValidatorOptions?: RequestValidatorOptions;
  /** @default - those that the integration responses need */
  readonly methodResponses?: readonly MethodResponse[];
  /**
   * Unique in the API; `operationId` in the document.
   * @default - made of verb and path
   */
  readonly operationName?: string;
  /**
   * Limit of this route for all callers together, on every stage; `"blocked"` answers 429 to all of them.
   * @default - the stage's limit
   */
  readonly throttle?: Throttle;
  /**
   * Cache of this route, on every stage. GET only.
   * @default - answers are not cached
   */
  readonly cache?: MethodCache;
}

/** `MethodOptions` with the place of the method and its backend. */
export interface MethodProps {
  /** Where the method is. */
  readonly resource: Resource;
  /** The verb, or `ANY` for all that the resource has no method of their own for. */
  readonly httpMethod: HttpMethod;
  /** The backend. */
  readonly integration: Integration;
  /** What else is said about the method, with what the resource hands down. */
  readonly options: MethodOptions;
}

/** One verb on one resource. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html */
export class Method extends MeasuredRoute {
  readonly resource: Resource;
  readonly api: RestApiBase;
  readonly httpMethod: HttpMethod;
  readonly options: MethodOptions;
  /** How callers are authorized. */
  readonly authorizationType: AuthorizationType;
  /** What the integration turned out to be here. */
  readonly integration: IntegrationConfig;
  /** Absent when nothing is to be validated. */
  readonly requestValidator: IRequestValidator | undefined;
  private readonly addedResponses: MethodResponse[] = [];

  constructor(scope: Construct, id: string, props: MethodProps) {
    super(scope, id);
    this.resource = props.resource;
    this.api = props.resource.api;
    this.httpMethod = props.httpMethod;
    this.options = acceptedOptions(this, `"${this.route}"`, METHOD_KINDS, props.options);
    const { authorizer, authorizationType = authorizer?.authorizationType ?? AuthorizationType.NONE } = this.options;
    this.authorizationType = authorizationType;
    checkMethod(this, {
      ...this.options,
      authorizationType,
      route: this.route,
      httpMethod: this.httpMethod,
      pathParameters: this.resource.pathParameters,
    });
    this.integration = boundIntegration(this, props.integration);
    this.requestValidator = this.chooseValidator();
    if (this.requestValidator !== undefined) this.api.useRequestValidator(this.requestValidator);
    if (authorizer !== undefined) this.api.useAuthorizer(authorizer);
    for (const model of Object.values(this.requestModels)) this.api.useModel(model);
    this.useModels(this.methodResponses);
    this.api.registerMethod(this);
  }

  /** `GET /orders/{orderId}`. */
  get route(): string {
    return `${this.httpMethod} ${this.resource.path}`;
  }

  protected override measuredOn(stage: IStage): MetricScope {
    return { api: this.api, stage, method: this };
  }

  /** The API, as AWS CDK names it. */
  get restApi(): RestApiBase {
    return this.api;
  }

  /** `execute-api` ARN of the method when it is tested in the console. */
  get testMethodArn(): string {
    return this.api.arnForExecuteApi(this.httpMethod, this.resource.path, "test-invoke-stage");
  }

  /** `execute-api` ARN of the method on the API's own stage. */
  get methodArn(): string {
    return this.api.arnForExecuteApi(this.httpMethod, this.resource.path);
  }

  /**
   * Lets somebody invoke the method, where callers are authorized by IAM. Throws `GRANTEE_UNKNOWN`.
   * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
   */
  grantExecute(grantee: Grantee): void {
    const statement = new PolicyStatement({ actions: ["execute-api:Invoke"], resources: [this.methodArn] });
    grantTo(this, grantee, statement);
  }

  /** Says what answers of one status may carry, beside what is declared already for it. */
  addMethodResponse(response: MethodResponse): void {
    this.addedResponses.push(response);
    this.useModels([response]);
  }

  /** What answers may carry, as far as it is declared by now; a status may stand there several times. */
  get methodResponses(): readonly MethodResponse[] {
    const { methodResponses = [] } = this.options;
    return [...methodResponses, ...(this.integration.methodResponses ?? []), ...this.addedResponses];
  }

  /** Content type → model of the body. */
  get requestModels(): Readonly<Record<string, IModel>> {
    const { requestBody, requestModels } = this.options;
    return { ...(requestBody === undefined ? {} : { [requestBody.contentType]: requestBody }), ...requestModels };
  }

  private useModels(responses: readonly MethodResponse[]): void {
    for (const { responseModels = {} } of responses) {
      for (const model of Object.values(responseModels)) this.api.useModel(model);
    }
  }

  private chooseValidator(): IRequestValidator | undefined {
    const { requestValidator, requestValidatorOptions, requestParameters = {} } = this.options;
    if (requestValidator !== undefined) return requestValidator;
    if (requestValidatorOptions !== undefined) return toRequestValidator(requestValidatorOptions);
    const validateRequestBody = Object.keys(this.requestModels).length > 0;
    const validateRequestParameters = Object.entries(requestParameters).some(
      ([name, required]) => required && !name.startsWith("method.request.path."),
    );
    if (!validateRequestBody && !validateRequestParameters) return undefined;
    return toRequestValidator({ validateRequestBody, validateRequestParameters });
  }
}
