import type { AuthorizerDefinition } from "../../../definition/authorizer";
import type { AuthorizerConfig, IAuthorizer } from "../../authorizers/authorizer";

/** An authorizer that an imported document declares. Whoever owns its function or user pool has allowed the API to use it. */
export class DocumentAuthorizer implements IAuthorizer {
  constructor(
    readonly authorizerName: string,
    private readonly definition: AuthorizerDefinition,
  ) {}

  get authorizationType(): IAuthorizer["authorizationType"] {
    return this.definition.type === "COGNITO_USER_POOLS" ? "COGNITO_USER_POOLS" : "CUSTOM";
  }

  get identitySources(): readonly string[] {
    return this.definition.identitySource?.split(",").map((source) => source.trim()) ?? [];
  }

  bind(): AuthorizerConfig {
    return { definition: this.definition, dependencies: () => [] };
  }
}
