import { ApiGatewayDeployment, type ApiGatewayDeploymentConfig } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { dependable, Lazy, Token } from "cdktf";
import { Construct } from "constructs";
import { attributeText } from "../terraform-text";
import type { ApiDocument } from "./document";
import type { RestApiBase } from "./rest-api-base";

/** What a snapshot is taken of. */
export interface DeploymentProps {
  readonly api: RestApiBase;
  /** @default - no description */
  readonly description?: string;
}

/**
 * A snapshot of the API. Another definition is another snapshot under another Terraform address, so that a stage moves
 * from one to the next and never looks at one that changes.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Deployment.html
 */
export class Deployment extends Construct {
  readonly api: RestApiBase;
  /** `aws_api_gateway_deployment`. Its address is settled when all routes are declared, so hand on `deploymentId` only. */
  readonly deployment: ApiGatewayDeployment;
  /** A reference; resolves to the address that the finished definition gives. */
  readonly deploymentId: string;

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    this.api = props.api;
    const document = () => this.api.document();
    this.deployment = new HashedDeployment(this, "Resource", document, {
      restApiId: this.api.restApiId,
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      triggers: Token.asStringMap(Lazy.anyValue({ produce: () => triggers(document()) })),
      lifecycle: { createBeforeDestroy: true },
    });
    // A list that is read at synth: what the snapshot is taken of may be emitted only then.
    this.deployment.dependsOn = Lazy.listValue({ produce: () => this.api.snapshotSources.map((it) => dependable(it)) });
    this.deploymentId = Lazy.stringValue({ produce: () => this.deployment.id });
  }
}

/** Its address ends in the first digits of the definition's hash, which is known only when all routes are declared. */
class HashedDeployment extends ApiGatewayDeployment {
  constructor(
    scope: Construct,
    id: string,
    private readonly document: () => ApiDocument,
    config: ApiGatewayDeploymentConfig,
  ) {
    super(scope, id, config);
  }

  override get friendlyUniqueId(): string {
    return `${super.friendlyUniqueId}_${this.document().hash.slice(0, 8)}`;
  }
}

/**
 * The hash, and each reference of the document by itself: what a reference stands for is no part of the hash, and several
 * in one value, or a list, end in Terraform's "inconsistent final plan".
 */
function triggers({ hash, references }: ApiDocument): Record<string, string> {
  const named = references.map((reference) => [reference.slice(2, -1), reference] as const);
  return { ...Object.fromEntries(named), definition: hash };
}
