import { ConfigurationError } from "../../definition/configuration-error";
import type { Json } from "../../definition/json";
import { isList, isObject, objectAt } from "../../definition/json-access";
import { blocksOf, firstBlock } from "../../definition/terraform/blocks";
import { readScope, type TerraformRoot } from "../../definition/terraform/read-roots";
import { escapeTemplate } from "../../definition/terraform/template";
import { unknownsIn } from "../../definition/unknown";

/** How a Terraform root reaches AWS, without references. */
export interface LiteralProvider {
  /** `required_providers` of the stack, as far as AWS is concerned. */
  readonly requiredProviders: Json;
  /** Provider blocks. */
  readonly provider: Json;
}

/**
 * The provider blocks as literals, because in the folder of a probe there is nothing to refer to.
 *
 * @throws ConfigurationError PROVIDER_NOT_KNOWN
 */
export async function literalProvider(root: TerraformRoot): Promise<LiteralProvider> {
  const { content } = root;
  const aws = await readScope(root, (scope) =>
    scope.evaluate(blocksOf(objectAt(content.provider).aws), "provider.aws"),
  );
  const [unknown] = unknownsIn(aws);
  if (unknown) {
    const problem = `its settings depend on ${unknown.address}, which is not known before an apply`;
    const fix = "give the provider literal settings, or import by hand with `terraform import`";
    throw new ConfigurationError("PROVIDER_NOT_KNOWN", "provider.aws", problem, fix);
  }
  const { aws: source = { source: "hashicorp/aws" } } = firstBlock(firstBlock(content.terraform).required_providers);
  return { requiredProviders: { aws: source }, provider: escaped(aws) };
}

function escaped(value: Json): Json {
  if (typeof value === "string") return escapeTemplate(value);
  if (isList(value)) return value.map(escaped);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]): [string, Json] => [key, escaped(member)]));
}
