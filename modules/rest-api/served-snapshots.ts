import { DataResource, Lazy, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment";
import type { Stage } from "./stage";
import { waitsFor } from "./waits-for";

/**
 * Keeps in the state which snapshots the stages served when Terraform last saw them move. When AWS refuses the update of a
 * stage, Terraform still writes into the state that the stage has moved, and forgets that the old snapshot has to wait for
 * it. This resource remembers: the old snapshot goes after it, and it changes after the stages. It calls nothing.
 */
export class ServedSnapshots extends DataResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly deployment: Deployment,
  ) {
    super(scope, id, { input: Token.asAny(Lazy.anyValue({ produce: () => this.served() })) });
    this.dependsOn = Lazy.listValue({
      produce: () =>
        waitsFor(
          this,
          this.stages().map(({ stage }) => stage),
        ),
    });
  }

  /** A snapshot without a stage needs no order. */
  override toTerraform(): object {
    return this.stages().length === 0 ? {} : super.toTerraform();
  }

  private stages(): readonly Stage[] {
    return this.deployment.api.stages.filter(({ deployment }) => deployment === this.deployment);
  }

  /** As in `{ v1: "definition 1a2b3c4d" }`. */
  private served(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.stages().map((stage) => [stage.stageName, this.servedBy(stage)]));
  }

  private servedBy({ servedHash, declaredCanary }: Stage): string {
    const newest = `definition ${this.deployment.currentHash()}`;
    if (servedHash === undefined) return newest;
    const older = `definition ${servedHash}`;
    return declaredCanary === undefined ? older : `${older}, canary: ${newest}`;
  }
}
