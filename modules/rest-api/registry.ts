import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import type { ErrorCode } from "../../definition/error-code";
import type { GatewayResponseDefinition, GatewayResponseType } from "../../definition/gateway-response";
import type { GatewayResponse } from "./gateway-response";
import type { Method } from "./method";
import type { IModel } from "./model";
import type { IRequestValidator } from "./request-validator";
import type { Resource } from "./resource";

/** What one API has collected while its tree was built. */
export class Registry {
  readonly models = new Map<string, IModel>();
  readonly requestValidators = new Map<string, IRequestValidator>();
  readonly gatewayResponses = new Map<GatewayResponseType, GatewayResponseDefinition>();
  private readonly declared: Method[] = [];
  private readonly listeners: ((method: Method) => void)[] = [];

  constructor(private readonly api: IConstruct) {}

  get methods(): readonly Method[] {
    return this.declared;
  }

  /** Resources with methods. */
  get resources(): readonly Resource[] {
    return [...new Set(this.declared.map(({ resource }) => resource))];
  }

  get dependencies(): readonly ITerraformDependable[] {
    return [...new Set(this.declared.flatMap(({ integration }) => integration.dependencies?.() ?? []))];
  }

  addMethod(method: Method): void {
    this.declared.push(method);
    for (const listener of this.listeners) listener(method);
  }

  onMethod(listener: (method: Method) => void): void {
    this.listeners.push(listener);
    for (const method of this.declared) listener(method);
  }

  addModel(model: IModel): void {
    const known = this.models.get(model.modelName);
    if (known !== undefined && canonicalJson(known.schema) !== canonicalJson(model.schema)) {
      throw this.duplicate("DUPLICATE_MODEL", `two models with different schemas are named "${model.modelName}"`);
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
      throw this.duplicate("DUPLICATE_REQUEST_VALIDATOR", `two request validators that differ are named "${name}"`);
    }
    this.requestValidators.set(name, validator);
  }

  addGatewayResponse({ type, definition }: GatewayResponse): void {
    if (this.gatewayResponses.has(type)) {
      throw this.duplicate("DUPLICATE_GATEWAY_RESPONSE", `the gateway response ${type} is customised twice`);
    }
    this.gatewayResponses.set(type, definition);
  }

  /** Messages for what is absent at synth. */
  problems(): string[] {
    if (this.declared.length > 0) return [];
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

  private duplicate(code: ErrorCode, problem: string): ConfigurationError {
    return new ConfigurationError(code, this.api.node.path, problem, "give one of the two another name, or remove it");
  }
}
