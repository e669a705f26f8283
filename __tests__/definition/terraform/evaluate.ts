import type { Json, JsonObject } from "../../../definition/json";
import { type ExpressionNode, parseExpression } from "../../../definition/terraform/expression-node";
import { TerraformScope } from "../../../definition/terraform/scope";

/** Value of a template in a Terraform root. */
export async function evaluate(template: Json, root: JsonObject = {}): Promise<Json> {
  const expressions = new Map<string, ExpressionNode | null>();
  for (;;) {
    const scope = new TerraformScope(root, "root", expressions);
    const value = scope.evaluate(template, "test.owner");
    if (scope.unparsed.size === 0) return value;
    for (const source of scope.unparsed) expressions.set(source, await parseExpression(source));
  }
}
