import type { Construct } from "constructs";
import { environmentOf } from "../environment";
import { PolicyStatement } from "../iam/policy-statement";
import { ServiceRole } from "../iam/role";
import type { FunctionOptions } from "./function-props";
import { arnOf } from "./target-arn";
import { Tracing } from "./tracing";

type RoleOptions = Pick<FunctionOptions, "tracing" | "environmentEncryption" | "initialPolicy">;

/**
 * What a function runs as: it may write its logs and traces, read its own variables, and do what is added.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function executionRole(
  scope: Construct,
  functionName: string,
  { tracing, environmentEncryption, initialPolicy = [] }: RoleOptions,
): ServiceRole {
  const { region, partition, accountId } = environmentOf(scope);
  const role = new ServiceRole(scope, "Role", {
    roleName: `${functionName}-${region}`,
    service: "lambda.amazonaws.com",
    description: `Role of the function ${functionName}`,
  });
  const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/lambda/${functionName}`;
  const logActions = ["logs:CreateLogStream", "logs:PutLogEvents"];
  role.addToPolicy(new PolicyStatement({ actions: logActions, resources: [`${logGroupArn}:*`] }));
  if (tracing !== Tracing.DISABLED) {
    // X-Ray has no resources to restrict to.
    const actions = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];
    role.addToPolicy(new PolicyStatement({ actions, resources: ["*"] }));
  }
  if (environmentEncryption !== undefined) {
    role.addToPolicy(new PolicyStatement({ actions: ["kms:Decrypt"], resources: [arnOf(environmentEncryption)] }));
  }
  for (const statement of initialPolicy) role.addToPolicy(statement);
  return role;
}
