import type { IConstruct } from "constructs";
import { type Check, runChecks } from "./check";

interface MappedStageSubject {
  readonly basePath: string | undefined;
  readonly hasStage: boolean;
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
];

/** Reports `BASE_PATH_LEVELS_WITHOUT_STAGE`. */
export function checkMappedStage(scope: IConstruct, subject: MappedStageSubject): void {
  runChecks(scope, CHECKS, subject);
}
