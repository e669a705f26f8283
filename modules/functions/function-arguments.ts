import type { LambdaFunctionConfig } from "@cdktf/provider-aws/lib/lambda-function";
import type { Construct } from "constructs";
import { attributeText, attributeTexts } from "../terraform-text";
import type { FunctionProps } from "./function-props";
import { vpcConfig } from "./network";
import { arnOf, literalAttribute } from "./target-arn";

/** Arguments of `aws_lambda_function` that properties ask for; where they do not, Lambda's own defaults hold. */
export function optionalArguments(scope: Construct, props: FunctionProps): Partial<LambdaFunctionConfig> {
  const { description, ephemeralStorageSize, environmentEncryption, layers = [], vpc, tags } = props;
  const { reservedConcurrentExecutions } = props;
  return {
    ...(description === undefined ? {} : { description: attributeText(scope, description) }),
    ...(ephemeralStorageSize === undefined ? {} : { ephemeralStorage: { size: ephemeralStorageSize.toMebibytes() } }),
    ...(environmentEncryption === undefined ? {} : { kmsKeyArn: arnOf(environmentEncryption) }),
    ...(layers.length === 0 ? {} : { layers: layers.map(arnOf) }),
    ...(vpc === undefined ? {} : { vpcConfig: vpcConfig(vpc) }),
    ...(reservedConcurrentExecutions === undefined ? {} : { reservedConcurrentExecutions }),
    ...(tags === undefined ? {} : { tags: attributeTexts(scope, tags) }),
  };
}

type Variables = Readonly<Record<string, string>>;

/** The variables that code needs, and the user's. Options of Node.js are joined, else the user's win. */
export function joinedVariables(needed: Variables = {}, own: Variables = {}): Variables {
  const options = [needed.NODE_OPTIONS, own.NODE_OPTIONS].filter((it) => it !== undefined);
  return { ...needed, ...own, ...(options.length === 0 ? {} : { NODE_OPTIONS: options.join(" ") }) };
}

/** Variables as an argument: names and ARNs of tables and queues as literals. */
export function variableTexts(scope: Construct, variables: Variables): Record<string, string> {
  const entries = Object.entries(variables);
  return Object.fromEntries(entries.map(([name, value]) => [name, literalAttribute(scope, value)]));
}
