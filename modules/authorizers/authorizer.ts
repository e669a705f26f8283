import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AuthorizerDefinition } from "../../definition/authorizer";
import { ConfigurationError } from "../../definition/configuration-error";
import { checkAuthorizerName } from "../checks/authorizer-checks";
import type { Duration } from "../duration";
import type { IdVariable } from "../rest-api/id-variable";
import type { RestApiBase } from "../rest-api/rest-api-base";
import type { AuthorizationType } from "./authorization-type";

/** What an authorizer turns out to be in one API. */
export interface AuthorizerConfig {
  readonly definition: AuthorizerDefinition;
  /** Ids in the definition that only AWS can mint. @default - none */
  readonly idVariables?: readonly IdVariable[];
  /** What must exist before a request arrives: the stage is created after these. Asked at synth, when all grants are made. */
  readonly dependencies: () => readonly ITerraformDependable[];
}

/** Something that decides who may call a method. */
export interface IAuthorizer {
  /** Its name in the document; unique in the API. */
  readonly authorizerName: string;
  /** What methods with this authorizer have. */
  readonly authorizationType: Extract<AuthorizationType, "CUSTOM" | "COGNITO_USER_POOLS">;
  /** Expressions that tell callers apart, as `IdentitySource` gives them. */
  readonly identitySources: readonly string[];
  /** Called once for each API that uses the authorizer; may create resources beside the API. */
  bind(api: RestApiBase): AuthorizerConfig;
}

/** What every authorizer has. */
export interface AuthorizerOptions {
  /**
   * Letters, digits, `-` and `_`.
   * @default - the construct id
   */
  readonly authorizerName?: string;
  /**
   * How long decisions are cached, in whole seconds: 0 to 3,600; 0 switches the cache off. A cached decision answers for
   * every route of the stage, so the policy of a Lambda authorizer must not be about one route only.
   * @default Duration.minutes(5)
   */
  readonly resultsCacheTtl?: Duration;
}

/**
 * An authorizer of REST APIs. It is part of the document of each API that uses it, so a change of it deploys again.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html
 */
export abstract class Authorizer extends Construct implements IAuthorizer {
  readonly authorizerName: string;
  abstract readonly authorizationType: IAuthorizer["authorizationType"];
  abstract readonly identitySources: readonly string[];
  private isUsed = false;

  /** Reports `AUTHORIZER_NAME_INVALID` at synth. */
  constructor(scope: Construct, id: string, authorizerName = id) {
    super(scope, id);
    this.authorizerName = authorizerName;
    checkAuthorizerName(this, authorizerName);
    this.node.addValidation({ validate: () => (this.isUsed ? [] : [this.unused()]) });
  }

  bind(api: RestApiBase): AuthorizerConfig {
    this.isUsed = true;
    return this.configure(api);
  }

  /** The authorizer as data, and what it needs. */
  protected abstract configure(api: RestApiBase): AuthorizerConfig;

  private unused(): string {
    return new ConfigurationError(
      "AUTHORIZER_UNUSED",
      this.node.path,
      `no method uses the authorizer "${this.authorizerName}", so it guards nothing`,
      "pass it as authorizer of a method or in defaultMethodOptions, or remove it",
    ).message;
  }
}
