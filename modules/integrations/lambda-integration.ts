import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { environmentOf } from "../environment";
import { shortHash } from "../naming";
import type { Method } from "../rest-api/method";
import { OncePerApi } from "../rest-api/once-per-api";
import { literal, templateText } from "../terraform-text";
import { Integration, type IntegrationConfig, type IntegrationOptions } from "./integration";

/** A function that can be called: a `NodejsFunction`, a plain cdktf `LambdaFunction`, or `{ arn }` of an existing one. */
export type LambdaTarget = OwnFunction | PlainFunction | ExistingFunction;

interface OwnFunction {
  readonly functionName: string;
  readonly aliasArn: string;
  readonly function: ITerraformDependable & { readonly functionName: string };
  readonly alias: ITerraformDependable & { readonly name: string };
  readonly dependencies: readonly ITerraformDependable[];
}

interface PlainFunction extends ITerraformDependable {
  readonly functionName: string;
  readonly functionNameInput?: string;
  readonly lifecycle?: { readonly createBeforeDestroy?: boolean };
}

interface ExistingFunction {
  /** A literal ARN, with or without a qualifier; the account may come from a data source. */
  readonly arn: string;
}

/** Options of a Lambda proxy integration: it has no role, and neither templates nor responses of its own. */
export interface LambdaIntegrationOptions
  extends Omit<IntegrationOptions, "credentialsRole" | "requestTemplates" | "integrationResponses"> {
  /**
   * False leaves the resource policy of the function alone: somebody else allows the API to call it.
   * @default true
   */
  readonly allowPermission?: boolean;
}

/** A function as an integration needs it. */
interface ResolvedTarget {
  /** Identifies the function among the permissions of an API. */
  readonly key: string;
  readonly arn: string;
  readonly permission: { readonly functionName: string; readonly qualifier?: string };
  /** Terraform forces it on the function, and on all that the function refers to. */
  readonly createBeforeDestroy: boolean;
  readonly dependencies: () => readonly ITerraformDependable[];
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
    const { region, partition } = environmentOf(method);
    const target = resolveTarget(method, this.handler);
    const { allowPermission = true, ...options } = this.options;
    const permissions = allowPermission ? [permit(method, target)] : [];
    return {
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${target.arn}/invocations`,
      options,
      dependencies: () => [...target.dependencies(), ...permissions],
    };
  }
}

const PRINCIPAL = "apigateway.amazonaws.com";
const permissionsByFunction = new OncePerApi<LambdaPermission>();

function permit({ api }: Method, target: ResolvedTarget): LambdaPermission {
  return permissionsByFunction.get(api, `Permission-${target.key}`, (id) => {
    return new LambdaPermission(api, id, {
      // Two statements live side by side while one replaces the other, so their ids tell principal and source apart.
      statementId: `AllowApi-${shortHash(`${PRINCIPAL} ${api.node.path}`)}-${api.restApi.id}`,
      action: "lambda:InvokeFunction",
      ...target.permission,
      principal: PRINCIPAL,
      sourceArn: `${api.restApi.executionArn}/*/*`,
      ...(target.createBeforeDestroy ? { lifecycle: { createBeforeDestroy: true } } : {}),
    });
  });
}

function resolveTarget(method: Method, handler: LambdaTarget): ResolvedTarget {
  if ("aliasArn" in handler) {
    return {
      key: handler.functionName,
      arn: handler.aliasArn,
      permission: { functionName: handler.function.functionName, qualifier: handler.alias.name },
      createBeforeDestroy: true,
      dependencies: () => handler.dependencies,
    };
  }
  if ("functionName" in handler) {
    const name = literal(handler.functionNameInput);
    if (name === undefined) throw unknownArn(method);
    const { region, partition, accountId } = environmentOf(Construct.isConstruct(handler) ? handler : method);
    return {
      key: name,
      arn: `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
      permission: { functionName: handler.functionName },
      createBeforeDestroy: handler.lifecycle?.createBeforeDestroy === true,
      dependencies: () => [handler],
    };
  }
  if (!isKnownInPlan(method, handler.arn)) throw unknownArn(method);
  const { arn } = handler;
  const permission = permissionOf(method, arn);
  return { key: shortHash(arn), arn, permission, createBeforeDestroy: true, dependencies: () => [] };
}

const FUNCTION_ARN = /^(arn:[\w-]+:lambda:[a-z0-9-]+:[^:]+:function:[\w-]+)(?::(\$LATEST|[\w-]+))?$/;

/** The provider reads function and qualifier back apart: written as one, each plan would replace the permission. */
function permissionOf(method: Method, arn: string): ResolvedTarget["permission"] {
  const [, functionName, qualifier] = FUNCTION_ARN.exec(arn) ?? [];
  if (functionName !== undefined) return { functionName, ...(qualifier === undefined ? {} : { qualifier }) };
  // A reference as a whole, as in `data.aws_lambda_function.theirs.arn`, which has no qualifier.
  if (Token.isUnresolved(arn)) return { functionName: arn };
  throw new ConfigurationError(
    "FUNCTION_ARN_INVALID",
    method.node.path,
    `the ARN of a function is arn:<partition>:lambda:<region>:<account>:function:<name>, got "${arn}"`,
    "copy the ARN of the function, of one of its aliases or of one of its versions",
  );
}

function isKnownInPlan(method: Method, text: string): boolean {
  if (!Token.isUnresolved(text)) return true;
  return templateText(method, text).references.every((reference) => reference.startsWith("${data."));
}

function unknownArn(method: Method): ConfigurationError {
  return new ConfigurationError(
    "FUNCTION_ARN_UNKNOWN",
    method.node.path,
    "the function has no name or ARN that is known at synth, so the API's document would be unknown in the first plan",
    "give the function a literal functionName, or pass { arn } with a literal ARN",
  );
}
