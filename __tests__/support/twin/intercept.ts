import type { Call } from "./call-log";
import type { Answer } from "./http";

/** Hang up without an answer, as a broken network or a killed caller would see it. */
export const DROP_CONNECTION = Symbol("drop connection");

/** What an interceptor may put in the place of an answer. */
export type Intervention = Answer | typeof DROP_CONNECTION | undefined;

/**
 * Steps between the caller and the control plane. Every fault is one: refusals, rates, kills.
 * The first that answers wins.
 */
export interface Interceptor {
  /** Runs before the call takes effect; an answer takes its place. */
  before?(call: Call): Intervention | Promise<Intervention>;
  /** Runs after the call took effect and before it is answered; an answer replaces the true one. */
  after?(call: Call, answer: Answer): Intervention | Promise<Intervention>;
  /** Runs when nothing more happens to the call, whoever answered it. */
  over?(call: Call): void;
}
