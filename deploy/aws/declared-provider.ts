import type { JsonObject } from "../../definition/json";
import { objectAt, textAt, textRecordAt, textsAt } from "../../definition/json-access";
import { present } from "../../definition/present";
import { blocksOf } from "../../definition/terraform/blocks";
import type { TerraformScope } from "../../definition/terraform/scope";

/** Where, and as whom, a stack is deployed. */
export interface DeclaredProvider {
  readonly region: string;
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

/** Reads the provider block without an alias. */
export function readProvider(scope: TerraformScope, content: JsonObject): DeclaredProvider {
  const block = blocksOf(objectAt(content.provider).aws).find(({ alias }) => alias === undefined) ?? {};
  const provider = objectAt(scope.evaluate(block, "provider.aws"));
  const [tags] = blocksOf(provider.default_tags);
  return {
    region: scope.region,
    allowedAccountIds: textsAt(provider.allowed_account_ids),
    assumedRoles: blocksOf(provider.assume_role).flatMap((role) => {
      const arn = textAt(role.role_arn);
      if (arn === undefined) return [];
      return present({ arn, externalId: textAt(role.external_id), sessionName: textAt(role.session_name) });
    }),
    defaultTags: textRecordAt(tags?.tags),
  };
}
