import type { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { checkInvocation } from "../checks/integration-checks";
import type { Method } from "../rest-api/method";
import { permitMethod } from "./function-permissions";
import { Integration, type IntegrationConfig, type IntegrationOptions, type IntegrationResponse } from "./integration";
import { invocationUri, type LambdaTarget, permit, type ResolvedTarget, resolveTarget } from "./lambda-target";

export type { LambdaTarget };

/** Ways to invoke a function. `Event` does not wait for the result. */
export const INVOCATION_TYPES = ["RequestResponse", "Event"] as const;
/** One of the ways. */
export type InvocationType = (typeof INVOCATION_TYPES)[number];

/** How a function is called. */
export interface LambdaIntegrationOptions extends Omit<IntegrationOptions, "credentialsRole"> {
  /**
   * True hands the whole request to the function and its answer to the client (`AWS_PROXY`); false maps both (`AWS`), with
   * `requestTemplates` and `integrationResponses`, whose patterns are matched against the message of an error.
   * @default true, or false with the invocation type `Event`
   */
  readonly proxy?: boolean;
  /**
   * `Event` answers 202 as soon as Lambda has taken the event, which is the body of the request or what a template makes
   * of it. Nobody sees the result: give the function a dead-letter target.
   * @default "RequestResponse"
   */
  readonly invocationType?: InvocationType;
  /**
   * False leaves the resource policy of the function alone: somebody else allows the API to call it.
   * @default true
   */
  readonly allowPermission?: boolean;
  /**
   * True permits the method alone to call the function, instead of all methods of the API. When that takes more than the
   * 20,480 bytes of a function's policy, the API gets one permission for all its methods after all.
   * @default false
   */
  readonly scopePermissionToMethod?: boolean;
}

/**
 * A Lambda function.
 *
 * Each API gets one permission per function, for all its stages and routes: a resource policy of Lambda holds 20,480 bytes.
 * Without `integrationResponses`, an error of a function that is no proxy answers 500; AWS would answer 200.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
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
    const { allowPermission = true, scopePermissionToMethod = false, invocationType, ...rest } = this.options;
    const { proxy = invocationType !== "Event", ...options } = rest;
    checkInvocation(method, { proxy, ...(invocationType === undefined ? {} : { invocationType }) });
    const permissions = allowPermission ? permissionsOf(method, target, scopePermissionToMethod) : () => [];
    return {
      type: proxy ? "AWS_PROXY" : "AWS",
      integrationHttpMethod: "POST",
      uri: invocationUri(method, target),
      options: proxy ? options : withDefaults(options, invocationType),
      dependencies: () => [...target.dependencies(), ...permissions()],
    };
  }
}

/** Asked at synth, when it is known whether permissions by method fit. */
function permissionsOf(method: Method, target: ResolvedTarget, isScoped: boolean): () => readonly LambdaPermission[] {
  if (isScoped) {
    const permission = permitMethod(method, target);
    return () => [permission()];
  }
  const permission = permit(method.api, target, "routes");
  return () => [permission];
}

function withDefaults(options: IntegrationOptions, invocationType: InvocationType = "RequestResponse") {
  const isEvent = invocationType === "Event";
  return {
    integrationResponses: isEvent ? ACCEPTED : ANSWERED,
    ...options,
    ...(isEvent
      ? {
          requestParameters: {
            "integration.request.header.X-Amz-Invocation-Type": "'Event'",
            ...options.requestParameters,
          },
        }
      : {}),
  };
}

const ACCEPTED: readonly IntegrationResponse[] = [
  { statusCode: "202", responseTemplates: { "application/json": "{}" } },
];

/** Patterns are not tried on results, so that one for any message matches errors alone. */
const ANSWERED: readonly IntegrationResponse[] = [
  { statusCode: "200" },
  {
    statusCode: "500",
    selectionPattern: "[\\s\\S]+",
    responseTemplates: { "application/json": '{"message": "Internal Server Error"}' },
  },
];
