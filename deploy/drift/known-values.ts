import type { Json } from "../../definition/json";
import { isObject } from "../../definition/json-access";
import { COMPUTED_ATTRIBUTES } from "../../definition/terraform/computed-attributes";
import { parseAddress } from "../../definition/terraform/resource-address";
import type { KnownValues } from "../../definition/terraform/scope-settings";
import { markUnknown } from "../../definition/unknown";
import type { TerraformState } from "../terraform/terraform-state";

/** Attributes that only AWS can mint, by type; a file on localhost makes them up. */
const MINTED: Readonly<Record<string, readonly string[]>> = {
  aws_lambda_function: ["version", "qualified_arn", "qualified_invoke_arn"],
  aws_lambda_layer_version: ["arn", "id", "version"],
};
const MINTED_BY_API_GATEWAY: readonly string[] = ["id", "arn", "execution_arn", "root_resource_id", "invoke_url"];

/**
 * What a declared value is where only AWS can tell: what the state says, else an unknown that is not compared. Names and
 * ARNs that follow from names are computed as ever.
 */
export function knownFrom(state: TerraformState): KnownValues {
  return {
    instances: () => undefined,
    argument: (address, name) => {
      const { type } = parseAddress(address);
      const value = state.attribute(address, name);
      if (mintedOf(type).includes(name)) return known(value ?? markUnknown({ address, attribute: name }));
      // Names and arguments of the types that are read stand in the configuration, which is what is compared.
      if (type in COMPUTED_ATTRIBUTES || type.startsWith("aws_api_gateway_") || type.startsWith("aws_lambda_")) {
        return undefined;
      }
      return value === undefined ? undefined : known(type === REMOTE_STATE ? dynamicValue(value) : value);
    },
  };
}

const REMOTE_STATE = "terraform_remote_state";

/** A state writes values of any type together with their type. */
function dynamicValue(value: Json): Json {
  return isObject(value) && Object.hasOwn(value, "value") && Object.hasOwn(value, "type")
    ? (value.value ?? null)
    : value;
}

function known(value: Json) {
  return { value, isComplete: true };
}

function mintedOf(type: string): readonly string[] {
  // The function's version is what drift is about: that an alias follows it matters, not what it was.
  return MINTED[type] ?? (type.startsWith("aws_api_gateway_") ? MINTED_BY_API_GATEWAY : []);
}
