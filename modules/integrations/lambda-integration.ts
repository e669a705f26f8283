import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig, type IntegrationOptions } from "./integration";
import { invocationUri, type LambdaTarget, permit, resolveTarget } from "./lambda-target";

export type { LambdaTarget };

/** Options of a Lambda proxy integration: it has no role, and neither templates nor responses of its own. */
export interface LambdaIntegrationOptions
  extends Omit<IntegrationOptions, "credentialsRole" | "requestTemplates" | "integrationResponses"> {
  /**
   * False leaves the resource policy of the function alone: somebody else allows the API to call it.
   * @default true
   */
  readonly allowPermission?: boolean;
}

/**
 * Hands the whole request to a Lambda function and its answer to the client (`AWS_PROXY`).
 *
 * Each API gets one permission per function, for all its stages and routes: a resource policy of Lambda holds 20,480 bytes.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export class LambdaIntegration extends Integration {
  constructor(
    private readonly handler: LambdaTarget,
    private readonly options: LambdaIntegrationOptions = {},
  ) {
    super({ type: "AWS_PROXY" });
  }

  override bind(method: Method): IntegrationConfig {
    const target = resolveTarget(method, this.handler);
    const { allowPermission = true, ...options } = this.options;
    const permissions = allowPermission ? [permit(method.api, target, "routes")] : [];
    return {
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: invocationUri(method, target),
      options,
      dependencies: () => [...target.dependencies(), ...permissions],
    };
  }
}
