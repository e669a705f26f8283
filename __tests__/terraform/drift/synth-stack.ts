import { join } from "node:path";
import { App } from "cdktf";
import { HeadgateStack } from "../../../modules";
import { findTogether } from "../../../modules/checks/findings";
import { PLACE } from "./place";

/** Synthesizes a stack; gives the folder of its `cdk.tf.json`. */
export function synthStackInto(outdir: string, name: string, build: (stack: HeadgateStack) => void): string {
  const app = new App({ outdir, stackTraces: false });
  findTogether(
    app,
    () => build(new HeadgateStack(app, name, PLACE)),
    () => app.synth(),
  );
  return join(outdir, "stacks", name);
}
