import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import type { Construct } from "constructs";
import { RETAINED_TRIGGERS } from "../../definition/retained-snapshot";
import { attributeText } from "../terraform-text";

/** Which snapshot is kept. */
export interface RetainedDeploymentProps {
  /** The newest snapshot of the same API: the addresses of both differ in the hash only. */
  readonly newest: ApiGatewayDeployment;
  /** 8 digits. */
  readonly hash: string;
  readonly restApiId: string;
  readonly apiName: string;
}

/**
 * A snapshot that an earlier definition left behind, under the address that it had. Terraform neither changes nor creates
 * it: created now, it would be a snapshot of the newest definition under the name of an old one.
 */
export class RetainedDeployment extends ApiGatewayDeployment {
  private readonly props: RetainedDeploymentProps;

  constructor(scope: Construct, id: string, props: RetainedDeploymentProps) {
    const { hash, apiName, restApiId } = props;
    super(scope, id, {
      restApiId,
      triggers: RETAINED_TRIGGERS,
      lifecycle: {
        createBeforeDestroy: true,
        // With this, the state holds what the definition of then gave, and what stands here is only for what must not happen.
        ignoreChanges: "all",
        postcondition: [
          {
            condition: `\${try(startswith(self.triggers["definition"], "${hash}"), false)}`,
            errorMessage: attributeText(
              scope,
              `The API "${apiName}" has no snapshot ${hash} to keep. Use a hash from "terraform state list", or remove it from retainDeployments, canary and rollback.`,
            ),
          },
        ],
      },
    });
    this.props = props;
  }

  override get friendlyUniqueId(): string {
    return this.props.newest.friendlyUniqueId.replace(/[0-9a-f]{8}$/, this.props.hash);
  }

  /** When the definition is that of then again, its snapshot is the newest. */
  override toTerraform(): object {
    return this.friendlyUniqueId === this.props.newest.friendlyUniqueId ? {} : super.toTerraform();
  }
}
