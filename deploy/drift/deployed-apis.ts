import type { RestApi, Stage } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../definition/json";
import { isObject } from "../../definition/json-access";
import { parseJson } from "../../definition/json-text";
import type { AwsAccount } from "../aws/aws-account";
import { isMissing, refusedBy } from "../aws/refused-call";

/** What AWS has of one API. */
export interface DeployedApi {
  readonly api: RestApi;
  readonly stages: readonly DeployedStage[];
}

/** A stage, and what it serves. */
export interface DeployedStage {
  readonly stage: Stage;
  /** The export of its snapshot in OpenAPI 3.0, with API Gateway's extensions; absent where AWS refuses to make one. */
  readonly document?: JsonObject;
  /** What AWS said instead of an export. */
  readonly refusal?: string;
}

/**
 * Reads an API with its stages: 2 calls, and 1 for each stage that is exported.
 *
 * @param isExported whether what a stage of that name serves is wanted
 * @returns absent where there is no such API
 * @throws ConfigurationError AWS_CALL_REFUSED
 */
export async function readApi(
  { apiGateway: client }: AwsAccount,
  restApiId: string,
  isExported: (stageName: string) => boolean,
): Promise<DeployedApi | undefined> {
  const { GetRestApiCommand, GetStagesCommand, GetExportCommand } = await import("@aws-sdk/client-api-gateway");
  const api = await client
    .send(new GetRestApiCommand({ restApiId }))
    .catch((error) => (isMissing(error) ? undefined : refusedBy(restApiId, `GetRestApi of ${restApiId}`)(error)));
  if (api === undefined) return undefined;
  const { item: found = [] } = await client
    .send(new GetStagesCommand({ restApiId }))
    .catch(refusedBy(restApiId, `GetStages of ${restApiId}`));
  const stages: DeployedStage[] = [];
  // One after the other: all of an account's control plane takes 10 calls a second.
  for (const stage of found) {
    const stageName = stage.stageName ?? "";
    if (!isExported(stageName)) {
      stages.push({ stage });
      continue;
    }
    const exported = new GetExportCommand({
      restApiId,
      stageName,
      exportType: "oas30",
      accepts: "application/json",
      // Integrations and all extensions but authorizers, and these.
      parameters: { extensions: "apigateway,authorizers" },
    });
    const outcome = await client
      .send(exported)
      .then(({ body }) => ({ document: documentOf(body, restApiId, stageName) }))
      .catch((error) => ({ refusal: refusalOf(error, `GetExport of ${restApiId}/${stageName}`) }));
    stages.push({ stage, ...outcome });
  }
  return { api, stages };
}

function documentOf(body: Uint8Array | undefined, restApiId: string, stageName: string): JsonObject {
  const document = parseJson(new TextDecoder().decode(body), {
    code: "AWS_CALL_REFUSED",
    place: `GetExport of ${restApiId}/${stageName}`,
    fix: "try again",
  });
  return isObject(document) ? document : {};
}

/**
 * AWS exports no API with models of other content types than JSON.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
function refusalOf(error: unknown, call: string): string {
  if (error instanceof Error && error.name === "BadRequestException") return `AWS refused ${call}: ${error.message}`;
  return refusedBy(call, call)(error);
}
