import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { environmentOf } from "../environment";

/** Properties of the account-wide role. */
export interface AccountLoggingProps {
  /** @default - `api-gateway-logs-<region>` */
  readonly roleName?: string;
}

/**
 * Lets API Gateway write logs: one role for the whole account and region, without which a stage with logs is refused.
 *
 * Give it a stack of its own, applied once. An API must never create it: destroying that API would end the logs of all
 * others. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class AccountLogging extends Construct {
  readonly role: IamRole;
  readonly account: ApiGatewayAccount;

  constructor(scope: Construct, id: string, props: AccountLoggingProps = {}) {
    super(scope, id);
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
  }
}
