import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { App, AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { shortHash } from "../naming";
import { attributeText } from "../terraform-text";
import type { Architecture } from "./architecture";
import { findBundle, STUB_BUNDLES } from "./bundle";
import { folderFiles } from "./folder-files";
import type { Runtime } from "./runtime";
import { zipFile } from "./zip-file";
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

/** The code of a function. Same factories as AWS CDK's `Code`, and `fromBundle`. */
export abstract class Code {
  /**
   * A bundle by its name: `functions/<name>/handler.ts`, as `headgate bundle` zipped it.
   * The function fails with `BUNDLES_MISSING`, `BUNDLE_UNKNOWN` and `BUNDLE_STALE`.
   */
  static fromBundle(name: string): Code {
    return new BundleCode(name);
  }

  /**
   * A zip that something else made, or a folder, which is zipped at synth: the same files give the same bytes.
   * The function fails with `CODE_NOT_FOUND`, `CODE_NOT_A_ZIP` and `CODE_TOO_LARGE`.
   *
   * @param path relative to the current folder, or absolute
   */
  static fromAsset(path: string): Code {
    return new AssetCode(path);
  }

  /**
   * Source text, as `index.js` or `index.py`, for runtimes of Node.js and Python; the handler begins with `index.`.
   * The function fails with `INLINE_CODE_RUNTIME` for others.
   */
  static fromInline(source: string): Code {
    return new InlineCode(source);
  }

  /**
   * An object in S3, which somebody else uploads before the function is deployed.
   *
   * @param bucket name, in the region of the function
   * @param objectVersion without it, Terraform does not notice that the object was changed
   */
  static fromBucket(bucket: string, key: string, objectVersion?: string): Code {
    return new BucketCode(bucket, key, objectVersion);
  }

  /** Called by the function that the code is for. */
  abstract bind(scope: Construct, runtime: Runtime): CodeConfig;
}

class BundleCode extends Code {
  constructor(private readonly name: string) {
    super();
  }

  override bind(scope: Construct): CodeConfig {
    const { zip, sourceCodeHash, handler, nodeMajor, architecture, hasSourceMap } = findBundle(scope, this.name);
    if (zip === undefined) return { location: { filename: `stub/${this.name}.zip`, sourceCodeHash }, handler };
    refuseLarge(scope, zip, readFileSync(zip));
    return {
      location: deployed(scope, zip, sourceCodeHash),
      handler,
      ...(nodeMajor === undefined ? {} : { nodeMajor }),
      ...(architecture === undefined ? {} : { architecture }),
      ...(hasSourceMap === true ? { environment: { NODE_OPTIONS: "--enable-source-maps" } } : {}),
    };
  }
}

class AssetCode extends Code {
  constructor(private readonly path: string) {
    super();
  }

  override bind(scope: Construct): CodeConfig {
    if (isStubbed(scope)) return { location: stub(basename(this.path, ".zip"), this.path) };
    const path = resolve(this.path);
    if (!existsSync(path)) {
      throw new ConfigurationError(
        "CODE_NOT_FOUND",
        scope.node.path,
        `there is no zip and no folder "${this.path}"`,
        "build the code before the app is synthesized, or correct the path",
      );
    }
    if (statSync(path).isDirectory()) return { location: written(scope, basename(path), zipFile(folderFiles(path))) };
    const zip = readFileSync(path);
    refuseLarge(scope, this.path, zip);
    return { location: deployed(scope, path, sha256(zip)) };
  }
}

const INLINE_FILES = { nodejs: "index.js", python: "index.py" } as const;

class InlineCode extends Code {
  constructor(private readonly source: string) {
    super();
  }

  override bind(scope: Construct, runtime: Runtime): CodeConfig {
    const file = runtime.startsWith("nodejs") ? INLINE_FILES.nodejs : INLINE_FILES.python;
    if (!runtime.startsWith("nodejs") && !runtime.startsWith("python")) {
      throw new ConfigurationError(
        "INLINE_CODE_RUNTIME",
        scope.node.path,
        `inline code runs on Node.js and Python, got ${runtime}`,
        "use Code.fromAsset with a zip",
      );
    }
    if (isStubbed(scope)) return { location: stub("inline", this.source) };
    return {
      location: written(
        scope,
        "inline",
        zipFile({ contents: { [file]: Buffer.from(this.source) }, executables: new Set() }),
      ),
    };
  }
}

class BucketCode extends Code {
  constructor(
    private readonly bucket: string,
    private readonly key: string,
    private readonly objectVersion: string | undefined,
  ) {
    super();
  }

  override bind(scope: Construct): CodeConfig {
    return {
      location: {
        s3Bucket: attributeText(scope, this.bucket),
        s3Key: attributeText(scope, this.key),
        ...(this.objectVersion === undefined ? {} : { s3ObjectVersion: attributeText(scope, this.objectVersion) }),
      },
    };
  }
}

function isStubbed(scope: Construct): boolean {
  return scope.node.tryGetContext(STUB_BUNDLES) === true;
}

function stub(name: string, content: string): CodeConfig["location"] {
  return { filename: `stub/${name}.zip`, sourceCodeHash: sha256(Buffer.from(content)) };
}

/** A zip that exists nowhere yet goes below the folder that the app writes into. */
function written(scope: Construct, name: string, zip: Uint8Array): CodeConfig["location"] {
  refuseLarge(scope, name, zip);
  const sourceCodeHash = sha256(zip);
  const path = join(App.of(scope).outdir, "code", shortHash(sourceCodeHash, 16), `${name}.zip`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zip);
  return deployed(scope, path, sourceCodeHash);
}

function deployed(scope: Construct, path: string, sourceCodeHash: string): CodeConfig["location"] {
  const asset = new TerraformAsset(scope, "Code", {
    path,
    type: AssetType.FILE,
    assetHash: shortHash(sourceCodeHash, 16),
  });
  return { filename: asset.path, sourceCodeHash };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}
