import { partitionOf } from "../../definition/partition";
import { LOCAL_ACCOUNT_ID } from "../context";
import type { Invocation } from "../host/host";

/** The ARN that a function is invoked by. */
export function functionArn(
  { functionName, qualifier }: Pick<Invocation, "functionName" | "qualifier">,
  region: string,
): string {
  const arn = `arn:${partitionOf(region).name}:lambda:${region}:${LOCAL_ACCOUNT_ID}:function:${functionName}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
