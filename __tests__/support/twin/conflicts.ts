import type { Call } from "./call-log";
import { conflict } from "./http";
import type { Interceptor } from "./intercept";

/**
 * How AWS refuses a change while another one of the same API is under way.
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/776
 */
const CONFLICT = "Unable to complete operation due to concurrent modification. Please try again later.";

/** Which calls are refused. */
export interface ConflictOptions {
  /** Part of the mutating calls of any API that is refused, 0 to 1. */
  readonly share: number;
  /** The same seed refuses the same calls of a sequence. */
  readonly seed: number;
}

/** Answers a part of the mutating calls of APIs with 409, without effect. */
export function conflicts({ share, seed }: ConflictOptions): Interceptor {
  const random = seededRandom(seed);
  return {
    before(call) {
      if (apiOfChange(call) === undefined) return undefined;
      return random() < share ? conflict(CONFLICT).toAnswer() : undefined;
    },
  };
}

/**
 * Answers a mutating call with 409, without effect, while another one of the same API is under way.
 *
 * @param options `durationMillis` is how long a change lasts: the twin itself answers at once
 */
export function overlapConflicts({ durationMillis }: { readonly durationMillis: number }): Interceptor {
  const underWay = new Map<string, Call>();
  return {
    before(call) {
      const api = apiOfChange(call);
      if (api === undefined) return undefined;
      if (underWay.has(api)) return conflict(CONFLICT).toAnswer();
      underWay.set(api, call);
      return undefined;
    },
    async after(call) {
      if (apiOfChange(call) !== undefined) await new Promise((resolve) => setTimeout(resolve, durationMillis));
      return undefined;
    },
    over(call) {
      const api = apiOfChange(call);
      if (api !== undefined && underWay.get(api) === call) underWay.delete(api);
    },
  };
}

/** Id of the API that a call changes. */
function apiOfChange({ service, mutating, parameters }: Call): string | undefined {
  const { restApiId } = parameters;
  return service === "apigateway" && mutating && typeof restApiId === "string" ? restApiId : undefined;
}

/** Numbers from 0 up to 1 by a linear congruence: good enough to spread refusals, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
