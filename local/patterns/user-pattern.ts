import { createContext, Script } from "node:vm";
import { configurationFailure } from "../refusals/gateway-error";
import { worstCase } from "./pattern-cost";

/** Longest time for expressions that may backtrack without end. */
const PATTERN_LIMIT_MILLIS = 50;

/** A match of so many steps takes a few milliseconds at most. */
const HARMLESS_STEPS = 1_000_000;
const HARMLESS_STEPS_PER_CHARACTER = 100;
const HARMLESS_STEPS_TOGETHER = 20_000_000;

interface Allowance {
  steps: number;
  millis: number;
}

const fresh = (): Allowance => ({ steps: HARMLESS_STEPS_TOGETHER, millis: PATTERN_LIMIT_MILLIS });
let shared: Allowance | undefined;

/**
 * Matches an expression that somebody wrote into an API against what clients send. It gets no more than 50 ms: an expression
 * that backtracks without end would stop all requests. Most need no clock, since so few steps are possible at all.
 *
 * @param run the match, with no other effect
 * @param source what is matched really, when it is not the expression alone
 * @throws GatewayError `CONFIGURATION_FAILURE`, naming the expression, when time is up
 */
export function matchUserPattern<Result>(
  pattern: string,
  text: string,
  run: () => Result,
  source: string = pattern,
): Result {
  const allowance = shared ?? fresh();
  const steps = worstCase(source, text.length);
  const harmless = Math.max(HARMLESS_STEPS, HARMLESS_STEPS_PER_CHARACTER * text.length);
  if (steps <= Math.min(harmless, allowance.steps)) {
    allowance.steps -= steps;
    return run();
  }
  while (allowance.millis >= 1) {
    const before = process.cpuUsage();
    try {
      return withinMillis(allowance.millis, run);
    } catch (error) {
      if (!isTimeout(error)) throw error;
    } finally {
      // Not the time that other programs had the processor: on a busy machine that can be all of it.
      const { user, system } = process.cpuUsage(before);
      allowance.millis -= (user + system) / 1_000;
    }
  }
  const what = `the expression ${pattern} takes more than ${PATTERN_LIMIT_MILLIS} ms`;
  throw configurationFailure(`${what} for texts such as one of ${text.length} characters`);
}

/** Lets all matches of one piece of work share the limit: a body may have thousands of texts, each just below it. */
export function sharingPatternLimit<Result>(work: () => Result): Result {
  const outer = shared;
  shared ??= fresh();
  try {
    return work();
  } finally {
    shared = outer;
  }
}

const CONTEXT: { run?: () => unknown } = {};
createContext(CONTEXT);
const SCRIPT = new Script("run()");

/** V8 can end a script from outside, also within one match. The clock costs some 70 µs. */
function withinMillis<Result>(millis: number, run: () => Result): Result {
  CONTEXT.run = run;
  try {
    return SCRIPT.runInContext(CONTEXT, { timeout: Math.floor(millis) });
  } finally {
    delete CONTEXT.run;
  }
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}
