import type { Json, JsonObject } from "../../../definition/json";
import { type ExpressionNode, parseExpression } from "../../../definition/terraform/expression-node";
import { TerraformScope } from "../../../definition/terraform/scope";
import { NO_FILES } from "../../../definition/terraform/scope-settings";
import { TemplateEvaluator } from "../../../definition/terraform/template-evaluator";

/** Value of a template in a Terraform root. */
export async function evaluate(template: Json, root: JsonObject = {}, files = NO_FILES): Promise<Json> {
  const expressions = new Map<string, ExpressionNode | null>();
  for (;;) {
    const evaluator = new TemplateEvaluator(expressions);
    const scope = new TerraformScope(root, { name: "root", evaluator, unread: new Map(), files });
    const value = scope.evaluate(template, "test.owner");
    if (evaluator.unparsed.size === 0) return value;
    for (const source of evaluator.unparsed) expressions.set(source, await parseExpression(source));
  }
}
