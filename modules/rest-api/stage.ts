import { ApiGatewayClientCertificate } from "@cdktf/provider-aws/lib/api-gateway-client-certificate";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { dependable, type ITerraformDependable, Lazy, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { partitionOf } from "../../definition/partition";
import type { CacheClusterSize } from "../../definition/stage";
import { checkStage } from "../checks/stage-checks";
import { unreachableRoutes } from "../checks/usage-plan-reach";
import { warnAtSynth } from "../checks/warning";
import { environmentOf } from "../environment";
import { Measured } from "../monitoring/measured";
import type { MetricScope } from "../monitoring/metric-source";
import type { RetentionDays } from "../retention-days";
import { attributeText } from "../terraform-text";
import {
  type AccessLogDestinationConfig,
  AccessLogFormat,
  type IAccessLogDestination,
  LogGroupLogDestination,
} from "./access-log";
import type { Deployment } from "./deployment";
import { executionLogGroup } from "./execution-log";
import type { Method } from "./method";
import {
  areEqual,
  type CompleteSettings,
  hasSettings,
  type MethodDeploymentOptions,
  methodPath,
  settingsOfRoute,
  settingsOfStage,
} from "./method-settings";
import type { RestApiBase } from "./rest-api-base";
import { stageVariables } from "./stage-variables";

/** What stages differ in: none of it deploys again. */
export interface StageOptions extends MethodDeploymentOptions {
  /**
   * First segment of the URL.
   * @default "prod"
   */
  readonly stageName?: string;
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
   * Keeps the execution log for so many days. Its log group is created before the stage; where API Gateway has created it
   * already, `terraform import` it once.
   * @default - one month when the stage or a route has a `loggingLevel`, else no log group
   */
  readonly executionLogRetention?: RetentionDays;
  /**
   * Certificate that API Gateway shows to HTTP backends: true creates one, `{ id }` is one that exists.
   * @default - no certificate
   */
  readonly clientCertificate?: true | { readonly id: string };
  /**
   * Regional web ACL of AWS WAF, by ARN.
   * @default - no web ACL
   */
  readonly webAclArn?: string;
  /**
   * X-Ray.
   * @default false
   */
  readonly tracingEnabled?: boolean;
  /** @default - true when a route is cached here, or `cacheClusterSize` is given */
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
   * Settings of single routes on this stage, by `<path>/<verb>`, as in `/orders/GET`. They win over what the route
   * declares.
   * @default - what the routes declare
   */
  readonly methodOptions?: Readonly<Record<string, MethodDeploymentOptions>>;
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** `StageOptions` with the snapshot that is served. */
export interface StageProps extends StageOptions {
  readonly deployment: Deployment;
}

/**
 * A deployed snapshot under a name, with settings for its routes. It is created after all that its routes need at run time.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html
 */
export class Stage extends Measured {
  readonly api: RestApiBase;
  /** A literal. */
  readonly stageName: string;
  /** `aws_api_gateway_stage`. */
  readonly stage: ApiGatewayStage;
  /** The log group of the execution log, when there is one. */
  readonly executionLog: CloudwatchLogGroup | undefined;
  /** Where the access log goes, when there is one. */
  readonly accessLog: (AccessLogDestinationConfig & { readonly format: AccessLogFormat }) | undefined;
  private readonly options: StageOptions;

  constructor(scope: Construct, id: string, { deployment, ...options }: StageProps) {
    super(scope, id);
    this.api = deployment.api;
    this.options = options;
    this.stageName = options.stageName ?? "prod";
    checkStage(this, { ...options, stageName: this.stageName });
    this.accessLog = this.bindAccessLog();
    const place = { restApiId: this.api.restApiId, stageName: this.stageName };
    this.executionLog = executionLogGroup(this, place, options);
    const clientCertificateId = this.clientCertificateId();
    this.stage = new ApiGatewayStage(this, "Resource", {
      restApiId: this.api.restApiId,
      deploymentId: deployment.deploymentId,
      stageName: this.stageName,
      ...(options.description === undefined ? {} : { description: attributeText(this, options.description) }),
      xrayTracingEnabled: options.tracingEnabled ?? false,
      cacheClusterEnabled: Token.asAny(Lazy.anyValue({ produce: () => this.cacheCluster !== undefined })),
      cacheClusterSize: Lazy.stringValue({ produce: () => this.cacheCluster }),
      variables: stageVariables(this, options.variables, () => this.api.idVariables),
      ...(options.tags === undefined ? {} : { tags: { ...options.tags } }),
      ...(clientCertificateId === undefined ? {} : { clientCertificateId }),
      ...this.accessLogSettings(),
    });
    // A list that is read at synth: routes that are added later bring functions, permissions and roles.
    this.stage.dependsOn = Lazy.listValue({ produce: () => this.runtimeDependencies() });
    if (options.webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, "WebAcl", { resourceArn: this.stage.arn, webAclArn: options.webAclArn });
    }
    if (hasSettings(options)) this.addSettings("*/*", "*/*", settingsOfStage(options));
    this.api.onMethod((method) => this.addRoute(method));
    this.node.addValidation({ validate: () => declaredStageProblems(this) });
    warnAtSynth(this, () => declaredStageWarnings(this));
    this.api.registerStage(this);
  }

  /** The API, as AWS CDK names it. */
  get restApi(): RestApiBase {
    return this.api;
  }

  /** `arn:<partition>:apigateway:<region>::/restapis/<id>/stages/<stage>`. */
  get stageArn(): string {
    return this.stage.arn;
  }

  /** `https://<id>.execute-api.<region>.amazonaws.com/<stage><path>`. */
  urlForPath(path = "/"): string {
    const { region } = environmentOf(this);
    return `https://${this.api.restApiId}.execute-api.${region}.${partitionOf(region).dnsSuffix}/${this.stageName}${path}`;
  }

  protected override get measured(): MetricScope {
    return { api: this.api, stage: this };
  }

  /** What a route is set to here, complete: the stage's own, the route's and what the stage says about the route. */
  settingsOf(method: Method): CompleteSettings {
    const { cacheClusterEnabled, methodOptions, ...stage } = this.options;
    // Without a cluster there is nothing to cache in.
    const cachingEnabled = cacheClusterEnabled === false ? { cachingEnabled: false as const } : {};
    return settingsOfRoute(method, { ...stage, ...cachingEnabled }, methodOptions?.[routeKey(method)]);
  }

  private get cacheCluster(): CacheClusterSize | undefined {
    const { cacheClusterEnabled, cacheClusterSize } = this.options;
    const isImplied =
      cacheClusterSize !== undefined || this.api.methods.some((it) => this.settingsOf(it).cachingEnabled);
    return (cacheClusterEnabled ?? isImplied) ? (cacheClusterSize ?? "0.5") : undefined;
  }

  private bindAccessLog(): Stage["accessLog"] {
    const { accessLogRetention: retention, accessLogFormat } = this.options;
    const fromRetention = retention === undefined ? undefined : new LogGroupLogDestination({ retention });
    const destination = this.options.accessLogDestination ?? fromRetention;
    if (destination === undefined) return undefined;
    const source = { scope: this, apiName: this.api.restApiName, stageName: this.stageName };
    return { ...destination.bind(source), format: accessLogFormat ?? AccessLogFormat.jsonWithStandardFields() };
  }

  private accessLogSettings(): { accessLogSettings?: { destinationArn: string; format: string } } {
    if (this.accessLog === undefined) return {};
    const { destinationArn, format } = this.accessLog;
    return { accessLogSettings: { destinationArn, format: attributeText(this, format.toString()) } };
  }

  private clientCertificateId(): string | undefined {
    const { clientCertificate } = this.options;
    if (clientCertificate !== true) return clientCertificate?.id;
    // API Gateway deletes no certificate that a stage shows.
    return new ApiGatewayClientCertificate(this, "ClientCertificate", {
      description: attributeText(this, `${this.api.restApiName}/${this.stageName}`),
      lifecycle: { createBeforeDestroy: true },
    }).id;
  }

  private addRoute(method: Method): void {
    const settings = this.settingsOf(method);
    if (areEqual(settings, settingsOfStage(this.options))) return;
    this.addSettings(method.route, methodPath(method.resource.path, method.httpMethod), settings);
  }

  private addSettings(id: string, path: string, settings: CompleteSettings): void {
    new ApiGatewayMethodSettings(this, `Settings ${id}`, {
      restApiId: this.api.restApiId,
      stageName: this.stage.stageName,
      methodPath: path,
      settings,
    });
  }

  /** What another stack creates exists before this stack is applied; Terraform refuses to wait for it by name. */
  private runtimeDependencies(): string[] {
    const log = this.executionLog === undefined ? [] : [this.executionLog];
    return [...log, ...this.api.runtimeDependencies]
      .filter((it) => !Construct.isConstruct(it) || TerraformStack.of(it) === TerraformStack.of(this))
      .map((it: ITerraformDependable) => dependable(it));
  }

  private unknownRoutes(): string[] {
    const known = new Set(this.api.methods.map(routeKey));
    return Object.keys(this.options.methodOptions ?? {})
      .filter((key) => !known.has(key))
      .map((key) => {
        const routes = [...known].join(", ") || "none";
        const problem = `methodOptions of stage "${this.stageName}" names "${key}", but the routes are ${routes}`;
        return new ConfigurationError("STAGE_ROUTE_UNKNOWN", this.node.path, problem, "correct the key, or remove it")
          .message;
      });
  }

  /** Whether a route is cached is said on the route: it decides what tells its answers apart. */
  private uncachedRoutes(): string[] {
    return this.api.methods
      .filter((method) => method.options.cache === undefined)
      .flatMap((method) => {
        const { cacheTtl, cacheDataEncrypted } = this.options.methodOptions?.[routeKey(method)] ?? {};
        if (cacheTtl === undefined && cacheDataEncrypted === undefined) return [];
        const problem = `methodOptions of stage "${this.stageName}" sets the cache of "${method.route}", which is not cached`;
        const fix = "declare cache on the route, or remove the settings";
        return [new ConfigurationError("STAGE_ROUTE_NOT_CACHED", this.node.path, problem, fix).message];
      });
  }
}

/** Key of a route in `methodOptions`. */
function routeKey(method: Method): string {
  return `${method.resource.path}/${method.httpMethod}`;
}
