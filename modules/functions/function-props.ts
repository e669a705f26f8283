import type { Duration } from "../duration";
import type { PolicyStatement } from "../iam/policy-statement";
import type { RetentionDays } from "../retention-days";
import type { Size } from "../size";
import type { Architecture } from "./architecture";
import type { Code } from "./code";
import type { NetworkOptions } from "./network";
import type { Runtime } from "./runtime";
import type { Tracing } from "./tracing";

/** Something that has an ARN: a plain cdktf resource or data source, `{ arn }`, or the ARN itself. */
export type ArnTarget = string | { readonly arn: string };

/** What every function can have, whatever its code. Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export interface FunctionOptions {
  /**
   * Name of the function, a literal of at most 64 characters.
   * @default - `<stack>-<bundle>`, or `<stack>-<construct id>` for other code
   */
  readonly functionName?: string;
  /** @default - no description */
  readonly description?: string;
  /**
   * Language and version. One without security updates is warned about, one that Lambda has retired is refused.
   * @default Runtime.NODEJS_22_X
   */
  readonly runtime?: Runtime;
  /** @default Architecture.ARM_64 */
  readonly architecture?: Architecture;
  /**
   * Memory in MB, 128 to 10,240; CPU comes with it.
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * Room in `/tmp`, 512 MB to 10,240 MB.
   * @default Size.mebibytes(512)
   */
  readonly ephemeralStorageSize?: Size;
  /**
   * Longest run of one invocation, up to 15 minutes. API Gateway waits 29 seconds.
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
  /**
   * Environment variables, 4 KB in all. Names and ARNs of tables, queues and topics with literal names are written as
   * literals; other references to them are refused, because the table would follow every replacement of the function.
   * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
   * @default - no variables but those that the code needs
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * KMS key for the environment variables. It must exist before the stack, as a literal ARN or a data source: a reference
   * to a key of the same stack would make the key follow every replacement of the function.
   * @default - a key that Lambda owns
   */
  readonly environmentEncryption?: ArnTarget;
  /**
   * Versions of layers, by ARN or as `LambdaLayerVersion`s, at most 5.
   * @default - no layers
   */
  readonly layers?: readonly ArnTarget[];
  /**
   * Subnets and security groups that the function is in. It then reaches the internet through a NAT gateway alone.
   * @default - no VPC
   */
  readonly vpc?: NetworkOptions;
  /**
   * X-Ray. ACTIVE lets the function sample requests; PASS_THROUGH only follows the caller.
   * @default Tracing.ACTIVE
   */
  readonly tracing?: Tracing;
  /** @default RetentionDays.ONE_MONTH */
  readonly logRetention?: RetentionDays;
  /**
   * KMS key of the log group; its policy must let CloudWatch Logs use it.
   * @default - CloudWatch Logs encrypts with its own key
   */
  readonly logEncryptionKey?: ArnTarget;
  /**
   * Name of the alias that integrations call: the published version that takes traffic.
   * @default "live"
   */
  readonly aliasName?: string;
  /**
   * Executions that the function may run, and that are reserved for it.
   * @default - the unreserved executions of the account
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * Execution environments of the alias that are kept warm, at a price per hour.
   * @default - environments are started on demand
   */
  readonly provisionedConcurrentExecutions?: number;
  /**
   * Standard queue for events of asynchronous invocations that failed for good. The function may send to it.
   * @default - such events are lost, or go to `deadLetterTopic`
   */
  readonly deadLetterQueue?: ArnTarget;
  /**
   * Standard topic for events of asynchronous invocations that failed for good. The function may publish to it.
   * @default - such events are lost, or go to `deadLetterQueue`
   */
  readonly deadLetterTopic?: ArnTarget;
  /**
   * How long Lambda keeps the event of an asynchronous invocation through the alias, 1 minute to 6 hours.
   * @default Duration.hours(6)
   */
  readonly maxEventAge?: Duration;
  /**
   * How many times Lambda repeats an asynchronous invocation through the alias that failed, 0 to 2.
   * @default 2
   */
  readonly retryAttempts?: number;
  /** @default - logs, traces and what other properties need */
  readonly initialPolicy?: readonly PolicyStatement[];
  /** @default - no tags but the stack's */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Properties of a `Function`. */
export interface FunctionProps extends FunctionOptions {
  /** A bundle, a zip, a folder, source text or an object in S3. */
  readonly code: Code;
  /**
   * What Lambda calls in the code, as in `index.handler`.
   * @default - what the bundle names; other code needs one
   */
  readonly handler?: string;
}
