import type { ApiGatewayStageCanarySettings } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { IConstruct } from "constructs";
import { attributeTexts } from "../terraform-text";

/**
 * A part of the requests of a stage that the newest snapshot answers, while an older one answers the others.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export interface CanaryOptions {
  /** Percent of requests that the canary answers, 0 to 100. */
  readonly percentTraffic: number;
  /**
   * Hash of the snapshot that answers the others: the one that the stage served before. It is retained.
   * @default - the newest snapshot answers all requests, and `variables` are what differs
   */
  readonly baseline?: string;
  /**
   * Stage variables that the canary sees instead of, or beside, those of the stage.
   * @default - the stage's
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * True lets the canary share the cached answers of the stage.
   * @default false
   */
  readonly useStageCache?: boolean;
}

/** A canary as Terraform has it. */
export function canarySettings(
  stage: IConstruct,
  deploymentId: string,
  { percentTraffic, variables = {}, useStageCache = false }: CanaryOptions,
): ApiGatewayStageCanarySettings {
  return {
    deploymentId,
    percentTraffic,
    useStageCache,
    ...(Object.keys(variables).length === 0 ? {} : { stageVariableOverrides: attributeTexts(stage, variables) }),
  };
}
