import { ApiGatewayClientCertificate } from "@cdktf/provider-aws/lib/api-gateway-client-certificate";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Lazy, Token } from "cdktf";
import type { Construct } from "constructs";
import { partitionOf } from "../../definition/partition";
import type { CacheClusterSize } from "../../definition/stage";
import { accountLoggingOf } from "../account/account-logging";
import { acceptedStageOptions } from "../checks/api-kinds";
import { checkCanary, checkSnapshotChoice, checkStack } from "../checks/deployment-checks";
import { checkStage } from "../checks/stage-checks";
import { declaredStageProblems, declaredStageWarnings } from "../checks/stage-validations";
import { unreachableRoutes } from "../checks/usage-plan-reach";
import { warnAtSynth } from "../checks/warning";
import { environmentOf } from "../environment";
import { arnOf } from "../functions/target-arn";
import { Measured } from "../monitoring/measured";
import type { MetricScope } from "../monitoring/metric-source";
import { attributeText, attributeTexts } from "../terraform-text";
import { ApiKey, type ApiKeyOptions } from "../usage-plans/api-key";
import { type AccessLogDestinationConfig, AccessLogFormat, LogGroupLogDestination } from "./access-log";
import { type CanaryOptions, canarySettings } from "./canary";
import type { Deployment } from "./deployment";
import { canaryLogGroup, executionLogGroup, logsExecution } from "./execution-log";
import { ExistingStage, type IStage, type StageAttributes } from "./existing-stage";
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
import { type StageOptions, type StageProps, settingsOfAllRoutes } from "./stage-options";
import { stageVariables } from "./stage-variables";
import { waitsFor } from "./waits-for";

export type { IStage, StageAttributes, StageOptions, StageProps };

/**
 * A deployed snapshot under a name, with settings for its routes. It is created after all that its routes need at run time.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html
 */
export class Stage extends Measured implements IStage {
  /** A stage that somebody else owns: for usage plans, base paths and metrics. Nothing of it is emitted. */
  static fromStageAttributes(scope: Construct, id: string, attributes: StageAttributes): IStage & Measured {
    return new ExistingStage(scope, id, attributes);
  }

  readonly api: RestApiBase;
  /** The newest snapshot; what the stage serves, but for a canary or a rollback. */
  readonly deployment: Deployment;
  /** A literal. */
  readonly stageName: string;
  /** What the stage was told. */
  readonly options: StageOptions;
  /** `aws_api_gateway_stage`. */
  readonly stage: ApiGatewayStage;
  /** The log group of the execution log, when there is one. */
  readonly executionLog: CloudwatchLogGroup | undefined;
  /** Where the access log goes, when there is one. */
  readonly accessLog: (AccessLogDestinationConfig & { readonly format: AccessLogFormat }) | undefined;
  private readonly ofAllRoutes: MethodDeploymentOptions;
  private readonly canaryLogs: CloudwatchLogGroup[] = [];
  private canaryOptions: CanaryOptions | undefined;
  private older: { readonly hash: string; readonly deploymentId: string } | undefined;

  constructor(scope: Construct, id: string, { deployment, ...given }: StageProps) {
    super(scope, id);
    const options = acceptedStageOptions(this, given);
    this.api = deployment.api;
    this.deployment = deployment;
    this.options = options;
    this.ofAllRoutes = settingsOfAllRoutes(options);
    this.stageName = options.stageName ?? "prod";
    checkStage(this, { ...options, stageName: this.stageName });
    checkStack(this, deployment);
    this.accessLog = this.bindAccessLog();
    const place = { restApiId: this.api.restApiId, stageName: this.stageName };
    this.executionLog = executionLogGroup(this, place, options);
    const clientCertificateId = this.clientCertificateId();
    const { description, documentationVersion, tags } = options;
    this.stage = new ApiGatewayStage(this, "Resource", {
      restApiId: this.api.restApiId,
      deploymentId: Lazy.stringValue({ produce: () => this.older?.deploymentId ?? deployment.deploymentId }),
      stageName: this.stageName,
      ...(description === undefined ? {} : { description: attributeText(this, description) }),
      ...(documentationVersion === undefined
        ? {}
        : { documentationVersion: attributeText(this, documentationVersion) }),
      xrayTracingEnabled: options.tracingEnabled ?? false,
      cacheClusterEnabled: Token.asAny(Lazy.anyValue({ produce: () => this.cacheCluster !== undefined })),
      cacheClusterSize: Lazy.stringValue({ produce: () => this.cacheCluster }),
      variables: stageVariables(this, options.variables, () => this.api.idVariables),
      ...(tags === undefined ? {} : { tags: attributeTexts(this, tags) }),
      ...(clientCertificateId === undefined ? {} : { clientCertificateId }),
      ...this.accessLogSettings(),
    });
    // A list that is read at synth: routes that are added later bring functions, permissions and roles.
    this.stage.dependsOn = Lazy.listValue({ produce: () => this.runtimeDependencies() });
    if (options.webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, "WebAcl", { resourceArn: this.stage.arn, webAclArn: arnOf(options.webAclArn) });
    }
    if (hasSettings(this.ofAllRoutes)) this.addSettings("*/*", "*/*", settingsOfStage(this.ofAllRoutes));
    this.api.onMethod((method) => this.addRoute(method));
    this.node.addValidation({ validate: () => declaredStageProblems(this) });
    warnAtSynth(this, () => [...declaredStageWarnings(this), ...unreachableRoutes(this)]);
    this.api.registerStage(this);
  }

  /** The API, as AWS CDK names it. */
  get restApi(): RestApiBase {
    return this.api;
  }

  /** A reference to the name: what holds it comes after the stage. */
  get awaitedName(): string {
    return this.stage.stageName;
  }

  /** A key beside the stage. It counts when a plan holds it: AWS knows no keys of stages any more. */
  addApiKey(id: string, options: ApiKeyOptions = {}): ApiKey {
    return new ApiKey(this, id, options);
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

  /**
   * Lets the newest snapshot answer a part of the requests, while `baseline` answers the others. Without this call the
   * stage serves the newest snapshot alone: to promote the canary, remove the call; to stop it, replace it by `rollback`.
   * Throws `CANARY_PERCENT_OUT_OF_RANGE`, `CANARY_WITHOUT_DIFFERENCE`, `DEPLOYMENT_HASH_INVALID` and
   * `STAGE_SNAPSHOT_AMBIGUOUS` at synth.
   */
  canary(options: CanaryOptions): void {
    checkSnapshotChoice(this, this);
    checkCanary(this, { ...options, stageName: this.stageName });
    if (this.canaryOptions !== undefined) return;
    this.canaryOptions = options;
    if (options.baseline !== undefined) this.serveOlder(options.baseline);
    this.stage.putCanarySettings(canarySettings(this, this.deployment.deploymentId, options));
    for (const [id, group] of Object.entries({
      Execution: this.executionLog,
      Access: this.accessLog?.createdLogGroup,
    })) {
      if (group !== undefined) this.canaryLogs.push(canaryLogGroup(this, `Canary${id}Log`, group));
    }
  }

  /**
   * Serves a snapshot that was deployed before instead of the newest one, and retains it. Throws `DEPLOYMENT_HASH_INVALID`
   * and `STAGE_SNAPSHOT_AMBIGUOUS` at synth; Terraform refuses to plan when there is no such snapshot.
   * @param hash 8 digits, the last of the snapshot's Terraform address
   */
  rollback(hash: string): void {
    checkSnapshotChoice(this, this);
    this.serveOlder(hash);
  }

  /** The canary, when there is one. */
  get declaredCanary(): CanaryOptions | undefined {
    return this.canaryOptions;
  }

  /** Hash of the older snapshot that is served, by `canary` or `rollback`. */
  get servedHash(): string | undefined {
    return this.older?.hash;
  }

  /** What a route is set to here, complete: the stage's own, the route's and what the stage says about the route. */
  settingsOf(method: Method): CompleteSettings {
    const { cacheClusterEnabled, methodOptions } = this.options;
    // Without a cluster there is nothing to cache in.
    const withoutCluster = cacheClusterEnabled === false ? { cachingEnabled: false } : {};
    const onStage = { ...methodOptions?.[routeKey(method)], ...withoutCluster };
    return settingsOfRoute(method, this.ofAllRoutes, onStage);
  }

  /** Size of the cache cluster, when there is one. */
  get cacheCluster(): CacheClusterSize | undefined {
    const { cacheClusterEnabled, cacheClusterSize } = this.options;
    return (cacheClusterEnabled ?? (cacheClusterSize !== undefined || this.isAnythingCached))
      ? (cacheClusterSize ?? "0.5")
      : undefined;
  }

  /** True if answers of any route are cached here. */
  get isAnythingCached(): boolean {
    return this.api.methods.some((it) => this.settingsOf(it).cachingEnabled);
  }

  protected override get measured(): MetricScope {
    return { api: this.api, stage: this };
  }

  private serveOlder(hash: string): void {
    this.older = { hash, deploymentId: this.deployment.retain(hash) };
  }

  private bindAccessLog(): Stage["accessLog"] {
    const { accessLogRetention: retention, accessLogFormat, logEncryptionKey: encryptionKey } = this.options;
    const fromRetention =
      retention === undefined
        ? undefined
        : new LogGroupLogDestination({ retention, ...(encryptionKey === undefined ? {} : { encryptionKey }) });
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
    const { clientCertificate, clientCertificateId } = this.options;
    if (clientCertificate !== true) {
      return typeof clientCertificateId === "object" ? clientCertificateId.id : clientCertificateId;
    }
    // API Gateway deletes no certificate that a stage shows.
    return new ApiGatewayClientCertificate(this, "ClientCertificate", {
      description: attributeText(this, `${this.api.restApiName}/${this.stageName}`),
      lifecycle: { createBeforeDestroy: true },
    }).id;
  }

  private addRoute(method: Method): void {
    const settings = this.settingsOf(method);
    if (areEqual(settings, settingsOfStage(this.ofAllRoutes))) return;
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

  private runtimeDependencies(): string[] {
    const logs = [this.executionLog, ...this.canaryLogs].filter((it) => it !== undefined);
    const role = this.accessLog !== undefined || logsExecution(this.options) ? accountLoggingOf(this) : undefined;
    const account = role === undefined ? [] : [role.account];
    return waitsFor(this, [...logs, ...account, ...this.api.runtimeDependencies]);
  }
}

/** Key of a route in `methodOptions`. */
export function routeKey(method: Method): string {
  return `${method.resource.path}/${method.httpMethod}`;
}
