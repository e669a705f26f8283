import { present } from "../../definition/present";
import type { CacheClusterSize } from "../../definition/stage";
import type { ArnTarget } from "../functions/function-props";
import type { RetentionDays } from "../retention-days";
import type { AccessLogFormat, IAccessLogDestination } from "./access-log";
import type { Deployment } from "./deployment";
import type { MethodDeploymentOptions } from "./method-settings";

/** What stages differ in: none of it deploys again. */
export interface StageOptions extends MethodDeploymentOptions {
  /**
   * First segment of the URL. No other stage of the API has it.
   * @default "prod"
   */
  readonly stageName?: string;
  /** @default - no description */
  readonly description?: string;
  /** @default - no access log, or a new log group when there is `accessLogRetention` */
  readonly accessLogDestination?: IAccessLogDestination;
  /**
   * Keeps the access log in a new log group, for so many days. Short for a `LogGroupLogDestination`.
   * @default - no access log, or what `accessLogDestination` does
   */
  readonly accessLogRetention?: RetentionDays;
  /** @default AccessLogFormat.jsonWithStandardFields() */
  readonly accessLogFormat?: AccessLogFormat;
  /**
   * Keeps the execution log for so many days. Its log group is created before the stage.
   * @default - one month when the stage or a route has a `loggingLevel`, else no log group
   */
  readonly executionLogRetention?: RetentionDays;
  /**
   * Id of the API, a literal, when API Gateway has created the log group of the execution log already: Terraform then
   * imports it. To be removed after one apply.
   * @default - the log group is created
   */
  readonly importExecutionLog?: string;
  /**
   * Key of KMS that encrypts the log groups that are created for the stage, as a plain cdktf `KmsKey` or `{ arn }`. Its
   * policy must let CloudWatch Logs of the region use it.
   * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default - CloudWatch's own key
   */
  readonly logEncryptionKey?: { readonly arn: string };
  /**
   * True creates a certificate that API Gateway shows to HTTP backends.
   * @default - no certificate, or `clientCertificateId`
   */
  readonly clientCertificate?: boolean;
  /**
   * A certificate that exists, shown to HTTP backends: its id, or a plain cdktf `ApiGatewayClientCertificate`.
   * @default - no certificate, or a new one with `clientCertificate`
   */
  readonly clientCertificateId?: string | { readonly id: string };
  /**
   * Version of the API's documentation that the stage shows; it must exist.
   * @default - no documentation
   */
  readonly documentationVersion?: string;
  /**
   * Regional web ACL of AWS WAF: its ARN, a plain cdktf `Wafv2WebAcl`, a data source of one, or `{ arn }`.
   * @default - no web ACL
   */
  readonly webAclArn?: ArnTarget;
  /**
   * X-Ray.
   * @default false
   */
  readonly tracingEnabled?: boolean;
  /**
   * The cache cluster, which AWS bills by the hour. False switches all caches of the stage off.
   * @default - true when a route is cached here, or `cacheClusterSize` is given
   */
  readonly cacheClusterEnabled?: boolean;
  /**
   * Size of the cache cluster in GB.
   * @default "0.5"
   */
  readonly cacheClusterSize?: CacheClusterSize;
  /**
   * Values for `${stageVariables.<name>}` in integrations.
   * @default - no variables
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Settings of single routes on this stage, by `<path>/<verb>`, as in `/orders/GET` (`//GET` for the root). They win over
   * what the route declares. The key of all routes is a star for each, as in AWS CDK: another way to write what stands
   * beside `methodOptions`.
   * @default - what the routes declare
   */
  readonly methodOptions?: Readonly<Record<string, MethodDeploymentOptions>>;
  /**
   * At most 50.
   * @default - the stack's tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** `StageOptions` with the snapshot that is served. */
export interface StageProps extends StageOptions {
  readonly deployment: Deployment;
}

/** Key of the settings of all routes, in AWS CDK's `methodOptions`. */
export const ALL_ROUTES = "/*/*";

/** What a stage says about all its routes, wherever it says it. */
export function settingsOfAllRoutes(options: StageOptions): MethodDeploymentOptions {
  return { ...options, ...present(options.methodOptions?.[ALL_ROUTES] ?? {}) };
}
