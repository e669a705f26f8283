import { Code, Function as LambdaFunction } from "../../../../modules";
import type { Site } from "../change-row";

/** What one function that an API calls consists of. */
export const FUNCTION_RESOURCES = [
  "aws_cloudwatch_log_group",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_lambda_alias",
  "aws_lambda_function",
  "aws_lambda_permission",
];

/** What may differ from one side of a row to the other. */
export interface InlineFunction {
  /** What it answers. @default "first" */
  readonly answer?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A function of a row; its name in AWS ends in `ending`. */
export function inlineFunction(
  { scope, named }: Site,
  ending: string,
  { answer = "first", environment }: InlineFunction = {},
): LambdaFunction {
  return new LambdaFunction(scope, "Handler", {
    functionName: named(ending),
    code: Code.fromInline(`exports.handler = async () => ({ statusCode: 200, body: "${answer}" });`),
    handler: "index.handler",
    ...(environment && { environment }),
  });
}
