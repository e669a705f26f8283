import { App } from "cdktf";
import { ConfigurationFindings, findTogether } from "./checks/findings";

/**
 * Builds and synthesizes an App. All mistakes in the configuration are printed together as plain messages, without a stack,
 * and end in exit code 1; anything else that goes wrong is thrown.
 */
export function synthesize(build: (app: App) => void): void {
  const app = new App();
  try {
    findTogether(
      app,
      () => build(app),
      () => app.synth(),
    );
  } catch (error) {
    if (!(error instanceof ConfigurationFindings)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
