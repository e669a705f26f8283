/** A layer of a function. */
export interface LayerDefinition {
  /** Its name; the ARN of one that is not in the stack. */
  readonly name: string;
  /** Path of its zip, as of a function; absent when its content lives in S3 or elsewhere. */
  readonly packageFile?: string;
}

/** What a function's log looks like, when it is not plain text. */
export interface JsonLogDefinition {
  /** Least that `console` writes. @default - everything */
  readonly applicationLogLevel?: string;
  /** Least that Lambda writes: `DEBUG`, `INFO` or `WARN`. @default - `INFO` */
  readonly systemLogLevel?: string;
}

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
  /** In order: a file of a later one wins. Absent without layers. */
  readonly layers?: readonly LayerDefinition[];
  /** Absent for a log of plain text. */
  readonly jsonLog?: JsonLogDefinition;
}
