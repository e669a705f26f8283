import { ApiGatewayDeployment, type ApiGatewayDeploymentConfig } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { Lazy, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { checkHash, deploymentProblems } from "../checks/deployment-checks";
import { attributeText } from "../terraform-text";
import type { ApiDocument } from "./document";
import type { RestApiBase } from "./rest-api-base";
import { RetainedDeployment } from "./retained-deployment";
import { ServedSnapshots } from "./served-snapshots";
import { waitsFor } from "./waits-for";

/** What a snapshot is taken of, and which older ones are kept beside it. */
export interface DeploymentProps {
  /** An API of the stack, or one that is owned elsewhere. */
  readonly api: RestApiBase;
  /**
   * Stands before what Headgate says itself, as in `orders-dev, definition 1a2b3c4d`: by it, `headgate recover` finds what a
   * killed apply has taken.
   * @default - only that
   */
  readonly description?: string;
  /**
   * Hashes of snapshots that were deployed before and must not be destroyed: 8 digits each, the last of their Terraform
   * addresses. AWS CDK's switch of this name keeps all of them; here each is named, so that none is kept for ever.
   * @default - only the newest snapshot, and what a canary or a rollback of a stage names
   */
  readonly retainDeployments?: readonly string[];
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
  /**
   * First 8 digits of the definition's hash, by which the snapshot can be retained when it is no longer the newest. Settled
   * when all routes are declared, so it is a token: put it into a `TerraformOutput`.
   */
  readonly definitionHash: string;
  private readonly retained = new Map<string, RetainedDeployment>();

  /** Reports `DEPLOYMENT_HASH_INVALID` and `DEPLOYMENT_IN_OTHER_STACK` at synth. */
  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    this.api = props.api;
    const document = () => this.api.document();
    this.deployment = new HashedDeployment(this, "Resource", document, {
      restApiId: this.api.restApiId,
      description: this.describe(props.description),
      triggers: Token.asStringMap(Lazy.anyValue({ produce: () => triggers(document()) })),
      lifecycle: { createBeforeDestroy: true },
    });
    // A list that is read at synth: what the snapshot is taken of may be emitted only then.
    this.deployment.dependsOn = this.sources();
    new ServedSnapshots(this, "Served", this);
    this.deploymentId = Lazy.stringValue({ produce: () => this.deployment.id });
    this.definitionHash = Lazy.stringValue({ produce: () => this.currentHash() });
    this.node.addValidation({ validate: () => deploymentProblems(this, this.api, document().references) });
    for (const hash of props.retainDeployments ?? []) this.retain(hash);
  }

  /**
   * Keeps a snapshot that was deployed before. Throws `DEPLOYMENT_HASH_INVALID` at synth; Terraform refuses to plan when
   * there is no such snapshot.
   * @param hash 8 digits, the last of its Terraform address (`terraform state list`)
   * @returns a reference to the id of the snapshot
   */
  retain(hash: string): string {
    checkHash(this, hash);
    const retained = this.retained.get(hash) ?? this.addRetained(hash);
    this.retained.set(hash, retained);
    return Lazy.stringValue({ produce: () => retained.id });
  }

  /** The hash as a literal. Called at synth, when all routes are declared. */
  currentHash(): string {
    return shortHash(this.api.document());
  }

  private describe(own?: string): string {
    const stack = attributeText(this, TerraformStack.of(this).node.id);
    const origin = Lazy.stringValue({ produce: () => `${stack}, definition ${this.currentHash()}` });
    return own === undefined ? origin : `${attributeText(this, own)} (${origin})`;
  }

  private addRetained(hash: string): RetainedDeployment {
    const retained = new RetainedDeployment(this, `Retained ${hash}`, {
      newest: this.deployment,
      hash,
      restApiId: this.api.restApiId,
      apiName: this.api.restApiName,
    });
    retained.dependsOn = this.sources();
    return retained;
  }

  /** The API of another stack is there, with all its parts, before this stack is applied. */
  private sources(): string[] {
    const isApart = TerraformStack.of(this) !== TerraformStack.of(this.api);
    return Lazy.listValue({ produce: () => (isApart ? [] : waitsFor(this, this.api.snapshotSources)) });
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
    return `${super.friendlyUniqueId}_${shortHash(this.document())}`;
  }
}

function shortHash({ hash }: ApiDocument): string {
  return hash.slice(0, 8);
}

/**
 * The hash, and each reference of the document by itself: what a reference stands for is no part of the hash, and several
 * in one value, or a list, end in Terraform's "inconsistent final plan".
 */
function triggers({ hash, references }: ApiDocument): Record<string, string> {
  const named = references.map((reference) => [reference.slice(2, -1), reference] as const);
  return { ...Object.fromEntries(named), definition: hash };
}
