import { CIDR_FUNCTIONS } from "./builtins/cidr-functions";
import { COLLECTION_FUNCTIONS } from "./builtins/collection-functions";
import { ENCODING_FUNCTIONS } from "./builtins/encoding-functions";
import { FILE_FUNCTIONS } from "./builtins/file-functions";
import { NUMBER_FUNCTIONS } from "./builtins/number-functions";
import type { FunctionTable } from "./builtins/terraform-function";
import { TEXT_FUNCTIONS } from "./builtins/text-functions";
import { TYPE_FUNCTIONS } from "./builtins/type-functions";

/**
 * The functions that have the same value on every run. `timestamp`, `uuid`, `bcrypt` and those of providers are unknowns.
 * Source: https://developer.hashicorp.com/terraform/language/functions
 */
export const FUNCTIONS: FunctionTable = {
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...TYPE_FUNCTIONS,
  ...FILE_FUNCTIONS,
  ...CIDR_FUNCTIONS,
};
