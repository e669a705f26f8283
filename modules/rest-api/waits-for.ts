import { dependable, type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * Entries of `depends_on`, without what other stacks hold: that exists before this stack is applied, and Terraform refuses
 * to wait for it by name.
 */
export function waitsFor(scope: Construct, dependencies: readonly ITerraformDependable[]): string[] {
  const stack = TerraformStack.of(scope);
  return dependencies
    .filter((it) => !Construct.isConstruct(it) || TerraformStack.of(it) === stack)
    .map((it) => dependable(it));
}
