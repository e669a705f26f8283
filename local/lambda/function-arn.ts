import type { Invocation } from "../host";

const ACCOUNT = "000000000000";

/** The ARN that a function was invoked by. */
export function functionArn({ functionName, qualifier }: Invocation, region: string): string {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  const arn = `arn:${partition}:lambda:${region}:${ACCOUNT}:function:${functionName}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
