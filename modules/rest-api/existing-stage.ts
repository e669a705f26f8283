import type { Construct, IConstruct } from "constructs";
import { Measured } from "../monitoring/measured";
import type { MetricScope } from "../monitoring/metric-source";
import { ApiKey, type ApiKeyOptions } from "../usage-plans/api-key";
import type { Method } from "./method";
import type { CompleteSettings } from "./method-settings";
import type { RestApiBase } from "./rest-api-base";

/** A stage, of this app or of elsewhere: for usage plans, base paths and metrics. */
export interface IStage extends IConstruct {
  /** The API that the stage serves. */
  readonly api: RestApiBase;
  /** The same, under AWS CDK's name. */
  readonly restApi: RestApiBase;
  /** First segment of the URL. */
  readonly stageName: string;
  /** The name for what must come after the stage: a reference, where this app declares the stage. */
  readonly awaitedName: string;
  /** What a route is set to here; absent where only somebody else knows. */
  settingsOf(method: Method): CompleteSettings | undefined;
  /** A key beside the stage; it counts when a plan holds it. */
  addApiKey(id: string, options?: ApiKeyOptions): ApiKey;
}

/** What must be known of a stage of elsewhere. */
export interface StageAttributes {
  /** First segment of the URL. */
  readonly stageName: string;
  /** The API that the stage serves, as `RestApi.fromRestApiAttributes` gives one. */
  readonly restApi: RestApiBase;
}

/** A stage that somebody else owns: nothing of it is emitted, and its settings are not known. */
export class ExistingStage extends Measured implements IStage {
  readonly api: RestApiBase;
  readonly stageName: string;

  constructor(scope: Construct, id: string, { restApi, stageName }: StageAttributes) {
    super(scope, id);
    this.api = restApi;
    this.stageName = stageName;
  }

  get restApi(): RestApiBase {
    return this.api;
  }

  get awaitedName(): string {
    return this.stageName;
  }

  settingsOf(): undefined {
    return undefined;
  }

  addApiKey(id: string, options: ApiKeyOptions = {}): ApiKey {
    return new ApiKey(this, id, options);
  }

  protected override get measured(): MetricScope {
    return { api: this.api, stage: this };
  }
}
