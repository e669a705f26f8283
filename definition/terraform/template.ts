/** A directive that evaluates to nothing. It holds no quotes, so a template may be embedded in JSON with it. */
const NOTHING = "%{ if false }%{ endif }";

/**
 * A literal as a Terraform template that evaluates to it: `${` and `%{` get their first character twice.
 *
 * Only the character directly before the brace matters to Terraform: `$$` alone is two dollars, and `$$${` (what `$${`
 * becomes) is one dollar and an escaped `${`. So a literal that ends in `$` would turn a reference behind it into text; say
 * `next: "reference"` there, and a directive that evaluates to nothing keeps the two apart.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 *
 * @param next what the template goes on with; by default it ends, or goes on with a literal that does not begin with `{`
 */
export function escapeTemplate(literal: string, next: "end" | "reference" = "end"): string {
  // Functions, because `$$` in a replacement text stands for one dollar.
  const escaped = literal.replaceAll("${", () => "$${").replaceAll("%{", () => "%%{");
  return next === "reference" && literal.endsWith("$") ? escaped + NOTHING : escaped;
}
