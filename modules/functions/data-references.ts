import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { templateText } from "../terraform-text";

/** Resources that hold data, or have a fixed name that a second one could not take. */
export const DATA_RESOURCE_TYPES = [
  "aws_cloudwatch_log_group",
  "aws_dynamodb_table",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_sqs_queue",
] as const;

const REFERENCE = new RegExp(`(?<!data\\.)\\b(?:${DATA_RESOURCE_TYPES.join("|")})\\.[A-Za-z0-9_-]+`);

/** A text that a function would refer to. */
export interface FunctionText {
  /** As messages say it. */
  readonly label: string;
  readonly value: string;
  readonly fix: string;
}

/** Variables of the environment. */
export function environmentTexts(environment: Readonly<Record<string, string>>): readonly FunctionText[] {
  return Object.entries(environment).map(([name, value]) => ({
    label: `the environment variable ${name}`,
    value,
    fix: "pass the name as the same literal that the table, queue or bucket is created with",
  }));
}

/**
 * Messages for texts that refer to a resource with data. The function is created before its predecessor is destroyed,
 * Terraform forces that order on everything that the function refers to, and a table with it can never be replaced: the
 * second table would need the name of the first.
 */
export function refuseDataReferences(scope: Construct, texts: readonly FunctionText[]): string[] {
  return texts.flatMap(({ label, value, fix }) => {
    const found = templateText(scope, value).references.map((reference) => REFERENCE.exec(reference)?.[0]);
    const address = found.find((it) => it !== undefined);
    if (address === undefined) return [];
    const problem = `${label} is a reference to ${address}, which could then never be replaced`;
    return new ConfigurationError("FUNCTION_REFERS_TO_DATA", scope.node.path, problem, fix).message;
  });
}
