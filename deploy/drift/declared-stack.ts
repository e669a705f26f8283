import type { JsonObject } from "../../definition/json";
import { objectAt, textAt, textRecordAt, textsAt } from "../../definition/json-access";
import { partitionOf } from "../../definition/partition";
import { present } from "../../definition/present";
import type { StackDefinition } from "../../definition/stack";
import { blocksOf } from "../../definition/terraform/blocks";
import { readResources } from "../../definition/terraform/read-resources";
import { readScope } from "../../definition/terraform/read-roots";
import { terraformRoot } from "../../definition/terraform/read-stack";
import type { TerraformScope } from "../../definition/terraform/scope";
import { type DeclaredFunction, readDeclaredFunctions } from "./declared-functions";
import { type DeclaredStage, readDeclaredStages } from "./declared-stages";
import { knownFrom } from "./known-values";
import type { TerraformState } from "./terraform-state";

/** What a synthesized stack says that AWS should have. */
export interface DeclaredStack {
  /** Folder of its `cdk.tf.json`. */
  readonly folder: string;
  readonly definition: StackDefinition;
  readonly provider: DeclaredProvider;
  readonly functions: readonly DeclaredFunction[];
  readonly stages: readonly DeclaredStage[];
}

/** Where, and as whom, a stack is deployed. */
export interface DeclaredProvider {
  readonly region: string;
  readonly partition: string;
  /** Empty: any account. */
  readonly allowedAccountIds: readonly string[];
  /** Roles that are assumed one after the other. */
  readonly assumedRoles: readonly AssumedRole[];
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** A role of the provider block. */
export interface AssumedRole {
  readonly arn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
}

/**
 * Reads a synthesized stack with what the state knows of it.
 *
 * @throws ConfigurationError those of reading a stack
 */
export async function readDeclaredStack(folder: string, state: TerraformState | undefined): Promise<DeclaredStack> {
  const root = { ...(await terraformRoot(folder)), known: knownFrom(state) };
  return readScope(root, (scope) => ({
    folder,
    definition: readResources(scope, root.name),
    provider: readProvider(scope, root.content),
    functions: readDeclaredFunctions(scope),
    stages: readDeclaredStages(scope),
  }));
}

/** Reads the provider block without an alias. */
export function readProvider(scope: TerraformScope, content: JsonObject): DeclaredProvider {
  const block = blocksOf(objectAt(content.provider).aws).find(({ alias }) => alias === undefined) ?? {};
  const provider = objectAt(scope.evaluate(block, "provider.aws"));
  const [tags] = blocksOf(provider.default_tags);
  return {
    region: scope.region,
    partition: partitionOf(scope.region).name,
    allowedAccountIds: textsAt(provider.allowed_account_ids),
    assumedRoles: blocksOf(provider.assume_role).flatMap((role) => {
      const arn = textAt(role.role_arn);
      if (arn === undefined) return [];
      return present({ arn, externalId: textAt(role.external_id), sessionName: textAt(role.session_name) });
    }),
    defaultTags: textRecordAt(tags?.tags),
  };
}
