import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { RestApiBase } from "../rest-api/rest-api-base";
import type { Stage } from "../rest-api/stage";

/** An API, and which of its stages is meant. */
export interface WatchedStageProps {
  /** Declared here, or owned elsewhere. */
  readonly api: RestApiBase;
  /** @default - the API's own stage */
  readonly stage?: Stage;
}

/** The stage that is meant. Throws `METRIC_STAGE_FOREIGN` for one of another API. */
export function watchedStage(scope: Construct, { api, stage = api.deploymentStage }: WatchedStageProps): Stage {
  if (stage.api === api) return stage;
  throw new ConfigurationError(
    "METRIC_STAGE_FOREIGN",
    scope.node.path,
    `the stage "${stage.stageName}" is one of another API than "${api.restApiName}"`,
    "pass a stage of the same API",
  );
}
