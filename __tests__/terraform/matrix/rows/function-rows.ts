import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolsAuthorizer, LambdaIntegration, MockIntegration } from "../../../../modules";
import type { Build, ChangeRow } from "../change-row";
import { type InlineFunction, inlineFunction } from "./inline-function";

const NEW_VERSION = ["aws_lambda_alias update", "aws_lambda_function update"];

/** Changes of what stands behind an API. */
export const FUNCTION_ROWS: readonly ChangeRow[] = [
  {
    name: "handler-code",
    before: handler({ answer: "first" }),
    after: handler({ answer: "second" }),
    redeploys: false,
    plan: NEW_VERSION,
    order: [["UpdateFunctionCode", "UpdateAlias"]],
  },
  {
    name: "handler-environment",
    before: handler({ environment: { GREETING: "hello" } }),
    after: handler({ environment: { GREETING: "hi" } }),
    redeploys: false,
    plan: NEW_VERSION,
    order: [["UpdateFunctionConfiguration", "UpdateAlias"]],
  },
  {
    name: "function-rename",
    before: handler({ functionName: "orders" }),
    after: handler({ functionName: "list-orders" }),
    redeploys: true,
    plan: [
      "aws_cloudwatch_log_group delete+create",
      "aws_iam_role create+delete",
      "aws_iam_role_policy create+delete",
      "aws_lambda_alias create+delete",
      "aws_lambda_function create+delete",
      "aws_lambda_permission create",
      "aws_lambda_permission delete",
    ],
    emissions: { resources: { plan: ["aws_api_gateway_integration update"] } },
    replaces: ["aws_lambda_alias", "aws_lambda_function"],
    order: [
      ["UpdateStage", "RemovePermission"],
      ["UpdateStage", "DeleteAlias"],
      ["UpdateStage", "DeleteFunction"],
      ["UpdateStage", "DeleteRole"],
    ],
  },
  {
    name: "replace-user-pool",
    before: userPool("email"),
    after: userPool("phone_number"),
    redeploys: false,
    plan: ["aws_api_gateway_stage update", "aws_cognito_user_pool delete+create"],
    // A pool holds users and cannot stand beside its successor: see rule 3 of ADR 3.
    takesAway: ["DeleteUserPool"],
    replaces: ["aws_cognito_user_pool"],
    order: [["CreateUserPool", "UpdateStage"]],
  },
];

function handler({ functionName = "orders", ...options }: InlineFunction & { readonly functionName?: string }): Build {
  return (site) => {
    site.api().route("GET /orders", new LambdaIntegration(inlineFunction(site, functionName, options)));
  };
}

/** AWS replaces a pool when another attribute is its user name. */
function userPool(attribute: "email" | "phone_number"): Build {
  return ({ scope, api, named }) => {
    const pool = new CognitoUserPool(scope, "Pool", { name: named("users"), usernameAttributes: [attribute] });
    const authorizer = new CognitoUserPoolsAuthorizer(scope, "Users", { cognitoUserPools: [pool] });
    api().route("GET /orders", new MockIntegration(), { authorizer });
  };
}
