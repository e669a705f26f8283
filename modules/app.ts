import { App } from "cdktf";
import { ConfigurationFindings, findTogether } from "./checks/findings";
import { wrongTypeError } from "./wrong-type";

/** Frames of a stack: between a construct of ours and its caller lie more than the ten that Node.js keeps. */
const STACK_FRAMES = 60;

/**
 * Builds and synthesizes an App. Mistakes in the configuration are printed together as plain messages, without a stack, and
 * end in exit code 1: all of them when everything can be built, else those up to the value that nothing can be built from.
 * A value of a type that a construct does not take is such a mistake (`TYPE_MISMATCH`). Anything else that goes wrong is thrown.
 */
export function synthesize(build: (app: App) => void): void {
  const app = new App();
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = STACK_FRAMES;
  try {
    findTogether(
      app,
      () => build(app),
      () => app.synth(),
    );
  } catch (error) {
    const mistake = error instanceof ConfigurationFindings ? error : wrongTypeError(error);
    if (mistake === undefined) throw error;
    process.stderr.write(`${mistake.message}\n`);
    process.exitCode = 1;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
