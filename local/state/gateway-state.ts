import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";
import { AuthorizerResults } from "./authorizer-results";
import { Kept } from "./kept";
import type { QuotaCounter } from "./quota-counter";
import { ResponseCache } from "./response-cache";
import type { TokenBucket } from "./token-bucket";

/** What a gateway remembers between requests. The next version of a gateway may go on with it. */
export class GatewayState {
  readonly buckets = new Kept<TokenBucket>();
  readonly counters = new Kept<QuotaCounter>();
  private readonly caches = new Kept<ResponseCache>();
  private readonly decisions = new Kept<AuthorizerResults>();

  /** Stored answers of a stage, or of its canary. They are as old as the API and the code behind it. */
  cacheOf(place: StagePlace, name: "stage" | "canary"): ResponseCache {
    return this.caches.of([name, madeBy(place)], () => new ResponseCache());
  }

  /** What the authorizers of a stage have decided. */
  decisionsOf(place: StagePlace): AuthorizerResults {
    return this.decisions.of(madeBy(place), () => new AuthorizerResults());
  }

  /** Ends a version: what belongs to nothing in it is forgotten. */
  sweep(): void {
    for (const kept of [this.buckets, this.counters, this.caches, this.decisions]) kept.sweep();
  }
}

/** A stage, and where its functions are. */
export interface StagePlace {
  readonly stack: Pick<StackDefinition, "functions">;
  readonly deployed: DeployedApiDefinition;
  readonly stage: StageDefinition;
}

/** All that an answer may depend on, but for the request. Settings such as throttles are not among it. */
function madeBy({ stack, deployed: { id, api }, stage: { name, variables, canary } }: StagePlace): unknown {
  const document = JSON.stringify(api);
  const called = stack.functions.filter((fn) => document.includes(`:function:${fn.name}`));
  return [id, api, name, variables, canary?.variables, called];
}
