import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

const PLACE = ["regionInput", "allowedAccountIdsInput", "assumeRoleInput", "profileInput"] as const;

/**
 * Region and account of a construct, as far as they are known at synth, to be compared with those of another; a stack
 * without a literal account goes by its credentials.
 */
export function providerPlace(construct: IConstruct): string {
  const providers = TerraformStack.of(construct).allProviders();
  return JSON.stringify(providers.map((provider) => PLACE.map((input): unknown => Reflect.get(provider, input))));
}
