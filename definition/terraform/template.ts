/**
 * A literal as a Terraform template that evaluates to it: `${` and `%{` get their first character twice.
 *
 * Only the character directly before the brace matters to Terraform: `$$` alone is two dollars, and `$$${` (what `$${`
 * becomes) is one dollar and an escaped `${`. So a literal that ends in `$` would swallow a reference behind it; say
 * `next: "reference"` there, and its last dollars become an expression of their own.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 *
 * @param next what the template goes on with; by default it ends, or goes on with a literal that does not begin with `{`
 */
export function escapeTemplate(literal: string, next: "end" | "reference" = "end"): string {
  const escaped = literal.replaceAll("${", "$${").replaceAll("%{", "%%{");
  return next === "end" ? escaped : escaped.replace(/\$+$/, (dollars) => `\${"${dollars}"}`);
}
