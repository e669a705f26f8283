/** A Lambda function as the stack declares it. */
export interface FunctionDefinition {
  readonly address: string;
  readonly name: string;
  /** `file.export`; absent for container images. */
  readonly handler?: string;
  readonly runtime?: string;
  /** Path of the deployment zip as written in the Terraform JSON, relative to its folder; absent when the code lives in S3 or an image. */
  readonly packageFile?: string;
  /** Base64 SHA-256 of the zip. */
  readonly sourceCodeHash?: string;
  /** Default 128. */
  readonly memorySizeMb: number;
  /** Default 3. */
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Absent: no own limit. */
  readonly reservedConcurrency?: number;
  readonly aliases: readonly string[];
  /** True for a function whose code is completed by layers. */
  readonly hasLayers?: true;
}
