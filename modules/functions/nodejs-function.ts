import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Code } from "./code";
import type { FunctionOptions } from "./function-props";
import type { NodejsRuntime } from "./runtime";
import { ZipFunction } from "./zip-function";

/** Properties of a function. Only `bundle` has no default. */
export interface NodejsFunctionProps extends FunctionOptions {
  /** Folder below `functions/`: the code is `functions/<bundle>/handler.ts`, as `headgate bundle` zipped it. */
  readonly bundle: string;
  /** @default Runtime.NODEJS_22_X */
  readonly runtime?: NodejsRuntime;
}

/**
 * A Lambda function in TypeScript or JavaScript: a `Function` whose code is a bundle.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export class NodejsFunction extends ZipFunction {
  /** Throws `BUNDLES_MISSING`, `BUNDLE_UNKNOWN` and `BUNDLE_STALE`; what Lambda would refuse is reported at synth. */
  constructor(scope: Construct, id: string, props: NodejsFunctionProps) {
    const { bundle, functionName = `${TerraformStack.of(scope).node.id}-${bundle}`, ...options } = props;
    super(scope, id, { ...options, functionName, code: Code.fromBundle(bundle) });
  }
}
