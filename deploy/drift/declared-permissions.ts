import { textAt } from "../../definition/json-access";
import { present } from "../../definition/present";
import { readersOf } from "../../definition/terraform/block-reader";
import type { TerraformScope } from "../../definition/terraform/scope";
import type { TerraformState } from "../terraform/terraform-state";

/** A statement of a function's policy, which lets somebody call it. */
export interface DeclaredPermission {
  readonly address: string;
  /** Name or ARN. */
  readonly functionName: string;
  /** Alias or version; absent for the function itself. */
  readonly qualifier?: string;
  /** Absent: Terraform makes it up, and the state has none yet. */
  readonly statementId?: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn?: string;
}

/**
 * The permissions of a stack.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_permission
 */
export function readDeclaredPermissions(scope: TerraformScope, state: TerraformState): readonly DeclaredPermission[] {
  return readersOf(scope, "aws_lambda_permission").map((reader) =>
    present({
      address: reader.address,
      functionName: reader.text("function_name") ?? "",
      qualifier: reader.text("qualifier"),
      statementId: reader.text("statement_id") ?? textAt(state.attribute(reader.address, "statement_id")),
      action: reader.text("action") ?? "",
      principal: reader.text("principal") ?? "",
      sourceArn: reader.text("source_arn"),
    }),
  );
}
