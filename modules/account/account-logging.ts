import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import { environmentOf } from "../environment";
import { providerPlace } from "../provider-place";

/** Properties of the account-wide role. */
export interface AccountLoggingProps {
  /** @default - `api-gateway-logs-<region>` */
  readonly roleName?: string;
}

/** Marks the construct in a tree without `instanceof`. */
const ACCOUNT_LOGGING = Symbol.for("headgate/account-logging");

/**
 * Lets API Gateway write logs: one role for the whole account and region, without which a stage with logs is refused.
 *
 * Give it a stack of its own, applied once. An API must never create it: destroying that API would end the logs of all
 * others. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class AccountLogging extends Construct {
  /** `aws_iam_role`. */
  readonly role: IamRole;
  /** `aws_api_gateway_account`. */
  readonly account: ApiGatewayAccount;

  /** Throws `ACCOUNT_LOGGING_TAKEN` at synth when the app has another one for the same account and region. */
  constructor(scope: Construct, id: string, props: AccountLoggingProps = {}) {
    super(scope, id);
    Object.defineProperty(this, ACCOUNT_LOGGING, { value: true });
    const { region, partition } = environmentOf(this);
    this.role = new IamRole(this, "Role", {
      name: props.roleName ?? `api-gateway-logs-${region}`,
      description: "Lets API Gateway write to CloudWatch Logs",
      assumeRolePolicy: canonicalJson({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "apigateway.amazonaws.com" } }],
      }),
      lifecycle: { createBeforeDestroy: true, preventDestroy: true },
    });
    const policy = new IamRolePolicyAttachment(this, "Policy", {
      role: this.role.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    });
    this.account = new ApiGatewayAccount(this, "Resource", {
      cloudwatchRoleArn: this.role.arn,
      dependsOn: [policy],
      lifecycle: { preventDestroy: true },
    });
    this.node.addValidation({ validate: () => this.rivals() });
  }

  private rivals(): string[] {
    const place = providerPlace(this);
    return accountLoggings(this.node.root)
      .filter((it) => it !== this && providerPlace(it) === place)
      .map(({ node }) => {
        const problem = `"${node.path}" sets the CloudWatch role of the same account and region, and each would overwrite the other`;
        const fix = "keep one of them, in a stack of its own that is applied once";
        return new ConfigurationError("ACCOUNT_LOGGING_TAKEN", this.node.path, problem, fix).message;
      });
  }
}

/** The one in the stack of a construct: what logs there must wait for it. */
export function accountLoggingOf(construct: IConstruct): AccountLogging | undefined {
  return accountLoggings(TerraformStack.of(construct))[0];
}

function accountLoggings(scope: IConstruct): readonly AccountLogging[] {
  return scope.node.findAll().filter((it): it is AccountLogging => ACCOUNT_LOGGING in it);
}
