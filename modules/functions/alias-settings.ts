import type { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { LambdaProvisionedConcurrencyConfig } from "@cdktf/provider-aws/lib/lambda-provisioned-concurrency-config";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { FunctionOptions } from "./function-props";

type AliasOptions = Pick<FunctionOptions, "provisionedConcurrentExecutions" | "maxEventAge" | "retryAttempts">;

/** What belongs to an alias: warm environments, and how often an event is tried. */
export function aliasSettings(
  scope: Construct,
  alias: LambdaAlias,
  { provisionedConcurrentExecutions, maxEventAge, retryAttempts }: AliasOptions,
): readonly ITerraformDependable[] {
  const settings: ITerraformDependable[] = [];
  const target = { functionName: alias.functionName, qualifier: alias.name, lifecycle: { createBeforeDestroy: true } };
  if (provisionedConcurrentExecutions !== undefined) {
    const config = { ...target, provisionedConcurrentExecutions };
    settings.push(new LambdaProvisionedConcurrencyConfig(scope, "ProvisionedConcurrency", config));
  }
  if (maxEventAge !== undefined || retryAttempts !== undefined) {
    settings.push(
      new LambdaFunctionEventInvokeConfig(scope, "AsyncInvocation", {
        ...target,
        ...(maxEventAge === undefined ? {} : { maximumEventAgeInSeconds: maxEventAge.toMilliseconds() / 1000 }),
        ...(retryAttempts === undefined ? {} : { maximumRetryAttempts: retryAttempts }),
      }),
    );
  }
  return settings;
}
