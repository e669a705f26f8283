import { readersOf } from "./block-reader";
import type { TerraformScope } from "./scope";

/** Both generations of AWS WAF attach their rules to the ARN of a stage. */
const ASSOCIATIONS = ["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"];

/** ARNs of the stages that a web application firewall stands in front of. */
export function readFirewalls(scope: TerraformScope): readonly string[] {
  return ASSOCIATIONS.flatMap((type) => readersOf(scope, type)).flatMap((reader) => reader.text("resource_arn") ?? []);
}
