import { type ITerraformDependable, Lazy } from "cdktf";
import type { IConstruct } from "constructs";
import { literalArn } from "../iam/literal-arn";
import { templateText } from "../terraform-text";
import type { ArnTarget } from "./function-props";

/** The ARN as it was passed, a cdktf token if need be. */
export function arnOf(target: ArnTarget): string {
  return typeof target === "string" ? target : target.arn;
}

/**
 * An ARN as an attribute of something that is created before its predecessor is destroyed: a literal where the name is
 * known at synth.
 */
export function arnText(scope: IConstruct, target: ArnTarget): string {
  return Lazy.stringValue({
    produce: () => {
      const { text } = templateText(scope, arnOf(target));
      return literalArn(scope, text)?.arn ?? text;
    },
  });
}

/** The resource that a literal ARN stands for, when it is in the same stack. */
export function resourcesBehind(scope: IConstruct, target: ArnTarget): readonly ITerraformDependable[] {
  const found = literalArn(scope, templateText(scope, arnOf(target)).text);
  return found === undefined ? [] : [found.resource];
}
