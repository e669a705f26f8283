import { type ITerraformDependable, Lazy } from "cdktf";
import type { IConstruct } from "constructs";
import { literalValue } from "../iam/literal-arn";
import type { ArnTarget } from "./function-props";

/** The ARN as it was passed, a cdktf token if need be. */
export function arnOf(target: ArnTarget): string {
  return typeof target === "string" ? target : target.arn;
}

/**
 * A text as an attribute of something that is created before its predecessor is destroyed: with literals in the place of
 * ARNs and names that are known at synth.
 */
export function literalAttribute(scope: IConstruct, text: string): string {
  return Lazy.stringValue({ produce: () => literalValue(scope, text).text });
}

/** What the literals in a text stand for: resources of the same stack. */
export function resourcesBehind(scope: IConstruct, text: string): readonly ITerraformDependable[] {
  return literalValue(scope, text).resources;
}
