import type { ITerraformDependable } from "cdktf";
import type { AuthorizerDefinition } from "../../definition/authorizer";
import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import type { ErrorCode } from "../../definition/error-code";
import type { GatewayResponseDefinition, GatewayResponseType } from "../../definition/gateway-response";
import type { AuthorizerConfig, IAuthorizer } from "../authorizers/authorizer";
import { recordFinding } from "../checks/findings";
import { findModelProblems } from "../checks/model-checks";
import { roleDependencies } from "../iam/role-target";
import { connectionOf } from "../vpc-link/connection";
import type { GatewayResponse } from "./gateway-response";
import type { IdVariable } from "./id-variable";
import type { Method } from "./method";
import type { IModel, ModelWithSchema } from "./model";
import type { IRequestValidator } from "./request-validator";
import type { Resource } from "./resource";
import type { RestApiBase } from "./rest-api-base";

/** What one API has collected while its tree was built. */
export class Registry {
  readonly models = new Map<string, ModelWithSchema>();
  readonly requestValidators = new Map<string, IRequestValidator>();
  readonly gatewayResponses = new Map<GatewayResponseType, GatewayResponseDefinition>();
  private readonly namedModels: IModel[] = [];
  private readonly bound = new Map<string, { readonly authorizer: IAuthorizer; readonly config: AuthorizerConfig }>();
  private readonly declared: Method[] = [];
  private readonly listeners: ((method: Method) => void)[] = [];

  constructor(private readonly api: RestApiBase) {}

  get methods(): readonly Method[] {
    return this.declared;
  }

  /** Resources with methods. */
  get resources(): readonly Resource[] {
    return [...new Set(this.declared.map(({ resource }) => resource))];
  }

  get authorizers(): ReadonlyMap<string, AuthorizerDefinition> {
    return new Map([...this.bound].map(([name, { config }]) => [name, config.definition]));
  }

  get idVariables(): readonly IdVariable[] {
    const ofAuthorizers = [...this.bound.values()].flatMap(({ config }) => config.idVariables ?? []);
    const ofLinks = this.declared.flatMap(({ integration }) => {
      const link = integration.options?.vpcLink;
      return (link === undefined ? undefined : connectionOf(link).idVariable) ?? [];
    });
    const ofIntegrations = this.declared.flatMap(({ integration }) => integration.idVariables ?? []);
    return [...ofLinks, ...ofIntegrations, ...ofAuthorizers];
  }

  get dependencies(): readonly ITerraformDependable[] {
    const ofAuthorizers = [...this.bound.values()].flatMap(({ config }) => config.dependencies());
    const ofIntegrations = this.declared.flatMap(({ integration }) => integration.dependencies?.() ?? []);
    const ofRoles = this.declared.flatMap(({ integration }) => {
      const role = integration.options?.credentialsRole;
      return role === undefined ? [] : roleDependencies(role);
    });
    return [...new Set([...ofIntegrations, ...ofRoles, ...ofAuthorizers])];
  }

  addMethod(method: Method): void {
    this.declared.push(method);
    for (const listener of this.listeners) listener(method);
  }

  onMethod(listener: (method: Method) => void): void {
    this.listeners.push(listener);
    for (const method of this.declared) listener(method);
  }

  addAuthorizer(authorizer: IAuthorizer, maximum: number): void {
    const name = authorizer.authorizerName;
    const known = this.bound.get(name);
    if (known?.authorizer === authorizer) return;
    if (known !== undefined) {
      this.refuse("DUPLICATE_AUTHORIZER", `two authorizers are named "${name}"`);
      return;
    }
    if (this.bound.size >= maximum) {
      const problem = `an API may have ${maximum} authorizers, and "${name}" is one more`;
      const fix =
        "let routes share authorizers, or pass quotas: { authorizersPerApi: … } to the stack when AWS has raised it";
      recordFinding(this.api, new ConfigurationError("AUTHORIZERS_TOO_MANY", this.api.node.path, problem, fix));
    }
    this.bound.set(name, { authorizer, config: authorizer.bind(this.api) });
  }

  addModel(model: IModel): void {
    for (const definition of model.definitions ?? []) this.addModel(definition);
    if (!hasSchema(model)) {
      this.namedModels.push(model);
      return;
    }
    const known = this.models.get(model.modelName);
    if (known !== undefined && canonicalJson(known.schema) !== canonicalJson(model.schema)) {
      this.refuse("DUPLICATE_MODEL", `two models with different schemas are named "${model.modelName}"`);
      return;
    }
    this.models.set(model.modelName, model);
  }

  addRequestValidator(validator: IRequestValidator): void {
    const name = validator.requestValidatorName;
    const known = this.requestValidators.get(name);
    const differs =
      known !== undefined &&
      (known.validateRequestBody !== validator.validateRequestBody ||
        known.validateRequestParameters !== validator.validateRequestParameters);
    if (differs) {
      this.refuse("DUPLICATE_REQUEST_VALIDATOR", `two request validators that differ are named "${name}"`);
      return;
    }
    this.requestValidators.set(name, validator);
  }

  addGatewayResponse({ type, definition }: GatewayResponse): void {
    if (this.gatewayResponses.has(type)) {
      this.refuse("DUPLICATE_GATEWAY_RESPONSE", `the gateway response ${type} is customised twice`);
      return;
    }
    this.gatewayResponses.set(type, definition);
  }

  /** Messages for what is absent at synth. */
  problems(): string[] {
    if (this.declared.length > 0) return [...this.authorizedPreflights(), ...this.modelProblems()];
    const problem = "the API has no methods, and API Gateway refuses to deploy such an API";
    return [
      new ConfigurationError(
        "API_WITHOUT_METHODS",
        this.api.node.path,
        problem,
        'add one, as in api.root.addMethod("GET")',
      ).message,
    ];
  }

  /** CORS may be declared after the method. */
  private authorizedPreflights(): string[] {
    return this.declared
      .filter(({ httpMethod, resource }) => httpMethod === "OPTIONS" && resource.cors !== undefined)
      .filter(({ authorizationType }) => authorizationType !== "NONE")
      .map(({ route, authorizationType, node }) => {
        const problem = `"${route}" answers preflights, but its authorizationType is ${authorizationType}: browsers send none of the credentials`;
        const fix = "remove authorizer and authorizationType of the method, or remove CORS from the resource";
        return new ConfigurationError("PREFLIGHT_AUTHORIZED", node.path, problem, fix).message;
      });
  }

  private modelProblems(): string[] {
    const models = { models: [...this.models.values()], named: this.namedModels };
    return findModelProblems(this.api, models).map(({ message }) => message);
  }

  /** The first of the two stays. */
  private refuse(code: ErrorCode, problem: string): void {
    const fix = "give one of the two another name, or remove it";
    recordFinding(this.api, new ConfigurationError(code, this.api.node.path, problem, fix));
  }
}

function hasSchema(model: IModel): model is ModelWithSchema {
  return model.schema !== undefined;
}
