import { Fn, Token } from "cdktf";

/**
 * What an ARN ends in, as `sg-1` in `…:security-group/sg-1`. Terraform cuts what only it knows.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function lastPartOf(arn: string, separator: ":" | "/"): string {
  if (!Token.isUnresolved(arn)) return arn.slice(arn.lastIndexOf(separator) + 1);
  return Token.asString(Fn.element(Fn.reverse(Fn.split(separator, arn)), 0));
}
