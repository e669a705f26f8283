import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { Construct } from "constructs";
import { codeHash } from "../../definition/code-hash";
import { ConfigurationError } from "../../definition/configuration-error";
import { attributeText } from "../terraform-text";
import { findBundle } from "./bundle";
import { type CodeConfig, deployed, isStubbed, stub, written } from "./code-config";
import { folderFiles } from "./folder-files";
import { type Runtime, runsBundles } from "./runtime";
import { zipFile } from "./zip-file";
import { refuseLarge } from "./zip-size";

/** The code of a function. Same factories as AWS CDK's `Code`, and `fromBundle`. */
export abstract class Code {
  /**
   * A bundle by its name: `functions/<name>/handler.ts`, as `headgate bundle` zipped it.
   * The function fails with `BUNDLES_MISSING`, `BUNDLE_UNKNOWN`, `BUNDLE_STALE` and `BUNDLE_RUNTIME`.
   */
  static fromBundle(name: string): Code {
    return new BundleCode(name);
  }

  /**
   * A zip that something else made, or a folder, which is zipped at synth with all files, also hidden ones: the same files
   * give the same bytes.
   * The function fails with `CODE_NOT_FOUND`, `CODE_EMPTY`, `CODE_LINK_UNSUPPORTED`, `CODE_NOT_A_ZIP` and `CODE_TOO_LARGE`.
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
   * @param bucket name, in the region of the function; not of a bucket of the same stack, which could not hold the object yet
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

  override bind(scope: Construct, runtime: Runtime): CodeConfig {
    if (!runsBundles(runtime)) {
      throw new ConfigurationError(
        "BUNDLE_RUNTIME",
        scope.node.path,
        `the bundle "${this.name}" is JavaScript, and the runtime is ${runtime}`,
        "use a runtime of Node.js, or other code",
      );
    }
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
    if (statSync(path).isDirectory()) return { location: written(scope, basename(path), this.zipFolder(scope, path)) };
    const zip = readFileSync(path);
    refuseLarge(scope, this.path, zip);
    return { location: deployed(scope, path, codeHash(zip)) };
  }

  private zipFolder(scope: Construct, path: string): Uint8Array {
    const { links, ...entries } = folderFiles(path);
    const [link] = links;
    if (link !== undefined) {
      throw new ConfigurationError(
        "CODE_LINK_UNSUPPORTED",
        scope.node.path,
        `"${link}" in "${this.path}" is a link to a folder, or to nothing`,
        "copy what it points to, or make a zip and pass that",
      );
    }
    if (Object.keys(entries.contents).length === 0) {
      throw new ConfigurationError(
        "CODE_EMPTY",
        scope.node.path,
        `there is no file in "${this.path}"`,
        "build the code before the app is synthesized, or correct the path",
      );
    }
    return zipFile(entries);
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
