import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App, AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { codeHash } from "../../definition/code-hash";
import { shortHash } from "../naming";
import type { Architecture } from "./architecture";
import { STUB_BUNDLES } from "./bundle";
import { refuseLarge } from "./zip-size";

/** Where the code of a function is, as the arguments of `aws_lambda_function`. */
export interface CodeConfig {
  readonly location: {
    readonly filename?: string;
    readonly sourceCodeHash?: string;
    readonly s3Bucket?: string;
    readonly s3Key?: string;
    readonly s3ObjectVersion?: string;
  };
  /** Handler that the code itself names. */
  readonly handler?: string;
  /** Lower bound of the major version of Node.js, as in 22. */
  readonly nodeMajor?: number;
  /** Instruction set of native modules. */
  readonly architecture?: Architecture;
  /** Variables without which the code would not run as it was built. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** True in unit tests, where no code needs to be there. */
export function isStubbed(scope: Construct): boolean {
  return scope.node.tryGetContext(STUB_BUNDLES) === true;
}

/** Where code would be, and a hash that changes with it. */
export function stub(name: string, content: string): CodeConfig["location"] {
  return { filename: `stub/${name}.zip`, sourceCodeHash: codeHash(Buffer.from(content)) };
}

/** A zip that exists nowhere yet goes below the folder that the app writes into. */
export function written(scope: Construct, name: string, zip: Uint8Array): CodeConfig["location"] {
  refuseLarge(scope, name, zip);
  const sourceCodeHash = codeHash(zip);
  const path = join(App.of(scope).outdir, "code", shortHash(sourceCodeHash, 16), `${name}.zip`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zip);
  return deployed(scope, path, sourceCodeHash);
}

/** A zip that lies somewhere. */
export function deployed(scope: Construct, path: string, sourceCodeHash: string): CodeConfig["location"] {
  const asset = new TerraformAsset(scope, "Code", {
    path,
    type: AssetType.FILE,
    assetHash: shortHash(sourceCodeHash, 16),
  });
  return { filename: asset.path, sourceCodeHash };
}
