import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { type AwsEnvironment, environmentOf } from "../environment";
import { type Check, runChecks } from "./check";

interface PermissionSubject {
  readonly functionArn: string;
  /** Where the API is, whose provider would write the permission. */
  readonly api: Pick<AwsEnvironment, "region" | "accountId">;
  /** How to do without the permission. */
  readonly instead: string;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const CHECKS: readonly Check<PermissionSubject>[] = [
  {
    code: "FUNCTION_PERMISSION_ELSEWHERE",
    problem: ({ functionArn, api }) => {
      const [, , , region, account] = functionArn.split(":");
      if (differs(region, api.region)) {
        return `the function is in ${region}, and its permission would be written in ${api.region}, where the API is`;
      }
      return differs(account, api.accountId)
        ? `the function is in the account ${account}, and its permission would be written in ${api.accountId}, where the API is`
        : undefined;
    },
    fix: ({ instead }) => instead,
  },
];

/** Records a permission for a function that the provider of the API does not reach. */
export function checkPermissionPlace(
  scope: IConstruct,
  { api, functionArn, instead }: { readonly api: IConstruct; readonly functionArn: string; readonly instead: string },
): void {
  runChecks(scope, CHECKS, { functionArn, api: environmentOf(api), instead });
}

/** What is a reference may turn out to be the same. */
function differs(one: string | undefined, other: string): boolean {
  return one !== undefined && one !== "" && one !== other && !Token.isUnresolved(one) && !Token.isUnresolved(other);
}
