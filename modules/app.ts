import { App } from "cdktf";
import { ConfigurationError } from "../definition/configuration-error";
import { plainError } from "./plain-error";

/** cdktf reports what validations found as one error whose message begins like this. */
const VALIDATION = /^(?:App-level validation|Validation) failed/;

/**
 * Builds and synthesizes an App. A mistake in the configuration is printed as a plain message, without a stack, and ends
 * in exit code 1; anything else that goes wrong is thrown.
 */
export function synthesize(build: (app: App) => void): void {
  try {
    const app = new App();
    build(app);
    app.synth();
  } catch (thrown) {
    const error = plainError(thrown);
    const message = mistake(error);
    if (message === undefined) throw error;
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
  }
}

function mistake(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error instanceof ConfigurationError || VALIDATION.test(error.message) ? error.message : undefined;
}
