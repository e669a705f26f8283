import type { IConstruct } from "constructs";
import { type Check, runChecks } from "./check";

interface MappedStageSubject {
  readonly basePath: string | undefined;
  readonly hasStage: boolean;
  /** Name of the stage when it is one of another API. */
  readonly foreignStage: string | undefined;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html */
const CHECKS: readonly Check<MappedStageSubject>[] = [
  {
    code: "BASE_PATH_LEVELS_WITHOUT_STAGE",
    problem: ({ basePath, hasStage }) =>
      basePath?.includes("/") && !hasStage
        ? `a basePath of several levels serves one stage, and "${basePath}" is to serve none in particular`
        : undefined,
    fix: "remove attachToStage: false, or use a basePath of one level",
  },
  {
    code: "BASE_PATH_STAGE_FOREIGN",
    problem: ({ foreignStage }) =>
      foreignStage === undefined
        ? undefined
        : `the stage "${foreignStage}" is one of another API than the one that is mapped`,
    fix: "pass a stage of that API, or call addApiMapping(stage)",
  },
];

/** Reports `BASE_PATH_LEVELS_WITHOUT_STAGE` and `BASE_PATH_STAGE_FOREIGN`. */
export function checkMappedStage(scope: IConstruct, subject: MappedStageSubject): void {
  runChecks(scope, CHECKS, subject);
}
