import type { StackDefinition } from "../../definition/stack";
import { type BlockReader, readersOf } from "../../definition/terraform/block-reader";
import { readResources } from "../../definition/terraform/read-resources";
import { readScope, type TerraformRoot } from "../../definition/terraform/read-roots";
import type { TerraformState } from "../terraform/terraform-state";
import { type DeclaredFunction, readDeclaredFunctions } from "./declared-functions";
import { type DeclaredPermission, readDeclaredPermissions } from "./declared-permissions";
import { type DeclaredStage, readDeclaredStages } from "./declared-stages";
import { knownFrom } from "./known-values";

/** What a synthesized stack says that AWS should have. */
export interface DeclaredStack {
  readonly definition: StackDefinition;
  readonly functions: readonly DeclaredFunction[];
  readonly permissions: readonly DeclaredPermission[];
  readonly stages: readonly DeclaredStage[];
  /** Addresses of what imports documents, by id of the API. */
  readonly imports: ReadonlyMap<string, string>;
}

/**
 * Reads a synthesized stack with what the state knows of it.
 *
 * @param account that it is deployed to, 12 digits
 * @throws ConfigurationError those of reading a stack
 */
export function readDeclaredStack(root: TerraformRoot, state: TerraformState, account: string): Promise<DeclaredStack> {
  return readScope({ ...root, account, known: knownFrom(state) }, (scope) => ({
    definition: readResources(scope, root.name),
    functions: readDeclaredFunctions(scope),
    permissions: readDeclaredPermissions(scope, state),
    stages: readDeclaredStages(scope),
    imports: new Map(readersOf(scope, "aws_api_gateway_rest_api_put").map(importOf)),
  }));
}

function importOf(reader: BlockReader): readonly [string, string] {
  return [reader.text("rest_api_id") ?? "", reader.address];
}
