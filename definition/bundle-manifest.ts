/** `dist/functions/manifest.json`: what `headgate bundle` made, and from what. Paths use `/`. */
export interface BundleManifest {
  readonly version: 1;
  /** By bundle name: the folder below `functions/`. */
  readonly bundles: Readonly<Record<string, Bundle>>;
}

export interface Bundle {
  /** Path of the zip, relative to the manifest. */
  readonly file: string;
  /** Base64 SHA-256 of the zip: Lambda's `source_code_hash`. */
  readonly sourceCodeHash: string;
  /** Lambda handler inside the zip. */
  readonly handler: string;
  /** Oldest major version of Node.js that the code is written for. */
  readonly nodeMajor?: number;
  /** Instruction set of the native modules inside, as Lambda names it; absent when there are none. */
  readonly architecture?: "arm64" | "x86_64";
  /** True with a source map beside the code. */
  readonly hasSourceMap?: true;
  /** Source file outside `node_modules` (or the lock file), relative to the project root → hex SHA-256 of its bytes. */
  readonly inputs: Readonly<Record<string, string>>;
}
