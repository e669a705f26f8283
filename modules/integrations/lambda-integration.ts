import type { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { ConfigurationError } from "../../definition/configuration-error";
import { checkReach } from "../checks/backend-checks";
import { recordFinding } from "../checks/findings";
import { checkPermissionPlace } from "../checks/function-place-checks";
import { warnOfFunctionTimeout } from "../checks/function-timeout";
import { checkInvocation } from "../checks/integration-checks";
import { FUNCTION, wrongKind } from "../checks/option-kinds";
import type { RoleTarget } from "../iam/role-target";
import type { Method } from "../rest-api/method";
import { permitMethod, permitStages } from "./function-permissions";
import { Integration, type IntegrationConfig, type IntegrationOptions, type IntegrationResponse } from "./integration";
import {
  allowInvocation,
  invocationUri,
  type LambdaTarget,
  permit,
  type ResolvedTarget,
  resolveTarget,
} from "./lambda-target";

export type { LambdaTarget };

/** Ways to invoke a function. `Event` does not wait for the result. */
export const INVOCATION_TYPES = ["RequestResponse", "Event"] as const;
/** One of the ways. */
export type InvocationType = (typeof INVOCATION_TYPES)[number];

/** How a function is called. */
export interface LambdaIntegrationOptions extends IntegrationOptions {
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
   * Role that API Gateway assumes to call the function. A `Role` is allowed to call it; another role must be allowed
   * already. Neither this nor `credentialsPassthrough` needs a permission in the policy of the function.
   * @default - the resource policy of the function lets the API call it
   */
  readonly credentialsRole?: RoleTarget;
  /**
   * False permits the stages of the API alone to call the function, and not the test of a method in the console: one
   * permission for each stage.
   * @default true
   */
  readonly allowTestInvoke?: boolean;
  /**
   * False leaves the resource policy of the function alone: somebody else allows the API to call it, as they must where the
   * function is in another region or account (`FUNCTION_PERMISSION_ELSEWHERE`).
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
    if (!FUNCTION.accepts(this.handler)) {
      recordFinding(method, wrongKind(method, { place: "the handler", kind: FUNCTION, value: this.handler }));
      return { type: "MOCK" };
    }
    const target = resolveTarget(method, this.handler);
    const { allowPermission = true, allowTestInvoke = true, scopePermissionToMethod = false, ...rest } = this.options;
    const { invocationType, proxy = invocationType !== "Event", ...options } = rest;
    checkInvocation(method, { proxy, ...(invocationType === undefined ? {} : { invocationType }) });
    checkReach(method, { allowTestInvoke, scopePermissionToMethod });
    if (invocationType !== "Event") {
      warnOfFunctionTimeout(method, { handler: this.handler, timeout: options.timeout });
    }
    const { credentialsRole, credentialsPassthrough = false } = options;
    if (credentialsRole !== undefined) allowInvocation(credentialsRole, target);
    const isPermitted = allowPermission && credentialsRole === undefined && !credentialsPassthrough;
    if (isPermitted) {
      checkPermissionPlace(method, { api: method.api, functionArn: target.arn, instead: WITHOUT_PERMISSION });
    }
    const reach = reachOf({ allowTestInvoke, scopePermissionToMethod });
    const permissions = isPermitted ? PERMISSIONS[reach](method, target) : () => [];
    return {
      type: proxy ? "AWS_PROXY" : "AWS",
      integrationHttpMethod: "POST",
      uri: invocationUri(method, target),
      options: proxy ? options : withDefaults(options, invocationType),
      dependencies: () => [...target.dependencies(), ...permissions()],
    };
  }
}

const WITHOUT_PERMISSION =
  "allow the API to call it where the function is declared and pass allowPermission: false, or pass credentialsRole";

type Reach = "api" | "method" | "stages";

function reachOf(
  options: Required<Pick<LambdaIntegrationOptions, "allowTestInvoke" | "scopePermissionToMethod">>,
): Reach {
  if (options.scopePermissionToMethod) return "method";
  return options.allowTestInvoke ? "api" : "stages";
}

/** Asked at synth, when it is known whether permissions by method fit, and which stages there are. */
const PERMISSIONS: Readonly<
  Record<Reach, (method: Method, target: ResolvedTarget) => () => readonly LambdaPermission[]>
> = {
  api: ({ api }, target) => {
    const permission = permit(api, target, "routes");
    return () => [permission];
  },
  method: (method, target) => {
    const permission = permitMethod(method, target);
    return () => [permission()];
  },
  stages: (method, target) => {
    const permissions = permitStages(method.api, target);
    method.node.addValidation({ validate: () => (permissions().length > 0 ? [] : [uncallable(method)]) });
    return permissions;
  },
};

function uncallable({ node, route, api }: Method): string {
  return new ConfigurationError(
    "TEST_INVOKE_WITHOUT_STAGE",
    node.path,
    `allowTestInvoke: false permits the stages of the API "${api.node.path}" to call the function of "${route}", and there are none`,
    "declare a stage, or remove allowTestInvoke",
  ).message;
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
