import { dependable, type ITerraformDependable, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * Entries of `depends_on`, without what other stacks hold: that exists before this stack is applied, and Terraform refuses
 * to wait for it by name.
 */
export function waitsFor(scope: Construct, dependencies: readonly ITerraformDependable[]): string[] {
  const stack = TerraformStack.of(scope);
  return dependencies.filter((it) => !Construct.isConstruct(it) || TerraformStack.of(it) === stack).map(address);
}

/** The address as plain text: cdktf keeps a stack trace for each token, which took a seventh of a large synthesis. */
function address(it: ITerraformDependable): string {
  return Construct.isConstruct(it) && TerraformResource.isTerraformResource(it)
    ? `${it.terraformResourceType}.${it.friendlyUniqueId}`
    : dependable(it);
}
