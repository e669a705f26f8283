import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig, type IntegrationResponse } from "./integration";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { json, message } from "./service-responses";
import { resolveServiceTarget, type ServiceTarget } from "./service-target";

/** How the answer maps to a status. AWS CDK's name. */
export interface SagemakerIntegrationOptions extends ServiceIntegrationOptions {
  /** @default "200" */
  readonly successStatusCode?: string;
}

/** A plain cdktf `SagemakerEndpoint`, or `{ arn }` with a literal ARN. */
export type EndpointTarget = ServiceTarget;

/** SageMaker says what went wrong in a header, which templates do not see, so the status alone decides. */
function refusal(statusCode: string, selectionPattern: string, text: string): IntegrationResponse {
  return { statusCode, selectionPattern, contentHandling: "CONVERT_TO_TEXT", responseTemplates: json(message(text)) };
}

const REFUSALS: readonly IntegrationResponse[] = [
  refusal("400", "4(?!03|24|29)\\d{2}", "Bad Request"),
  refusal("429", "429", "Too Many Requests"),
  refusal("502", "403|424|5\\d{2}", "Bad Gateway"),
];

function answer(statusCode = "200"): IntegrationResponse {
  const contentType = { "method.response.header.Content-Type": "integration.response.header.Content-Type" };
  return { statusCode, responseParameters: contentType };
}

/**
 * Asks a model of SageMaker, without a function between. The body of the request is what the model gets, and its answer is
 * the client's, with its type; a model that is not ready answers 429, one that fails 502. The API gets a role that may invoke
 * this endpoint and do nothing else.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
export class SagemakerIntegration extends Integration {
  constructor(
    private readonly endpoint: EndpointTarget,
    private readonly options: SagemakerIntegrationOptions = {},
  ) {
    super({ type: "AWS" });
  }

  override bind(method: Method): IntegrationConfig {
    const target = resolveServiceTarget(method, this.endpoint, RESOURCE_KINDS.endpoint);
    return callService(method, {
      kind: RESOURCE_KINDS.endpoint,
      target,
      actions: ["sagemaker:InvokeEndpoint"],
      request: { service: "runtime.sagemaker", path: `endpoints/${target.name}/invocations` },
      headers: { "Content-Type": "method.request.header.Content-Type" },
      responses: [answer(this.options.successStatusCode), ...REFUSALS],
      options: this.options,
    });
  }
}
