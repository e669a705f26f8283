import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { ConfigurationError } from "../../../definition/configuration-error";

/**
 * A part of the Terraform root that is written at synth, when all routes are declared. One element for all resources of an
 * API: a construct for each would cost more time and memory than all the rest.
 */
export class LateElement extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly write: () => object,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return this.write();
  }

  /** cdktf asks for HCL in a form of its own, which knows the types of all arguments. */
  override toHclTerraform(): never {
    throw new ConfigurationError(
      "HCL_UNSUPPORTED",
      this.node.path,
      "the resources of an API are written as JSON only, and cdktf was asked for HCL",
      "synthesize without --hcl",
    );
  }
}
