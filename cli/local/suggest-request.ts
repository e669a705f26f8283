import { effectiveLimits } from "../../definition/effective-limits";
import type { MethodDefinition } from "../../definition/method";
import { routeKey } from "../../definition/openapi/operation-id";
import { defaultQuotas } from "../../definition/quotas";
import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { NotEmulatedSummary } from "../../local/serve";
import { stageAddresses } from "../../local/stage-addresses";
import { apiKeysOfStage } from "../../local/steps/check-api-key";

/** A route that a GET can ask for, and that lets requests pass. */
interface Candidate {
  readonly deployed: DeployedApiDefinition;
  /** Where the stage is on localhost. */
  readonly stage: string;
  readonly method: MethodDefinition;
  /** Value of a key that opens the stage. */
  readonly key: string | undefined;
}

/** What is wrong with a candidate, the worst first; the route with the least of it is suggested. */
const DRAWBACKS: readonly ((candidate: Candidate) => boolean)[] = [
  ({ method }) => method.apiKeyRequired,
  ({ method }) => method.resourcePath.includes("{"),
  ({ method }) => method.integration.type.startsWith("HTTP"),
  ({ method }) => method.integration.type !== "AWS_PROXY",
];

/**
 * A first request to try: a GET that the gateway answers rightly, with an API key where the route asks for one and an example
 * for each variable of the path. Says so when there is none.
 */
export function suggestRequest(
  stacks: readonly StackDefinition[],
  notEmulated: readonly NotEmulatedSummary[],
  url: string,
  apiKeyValues: Readonly<Record<string, string>>,
): string {
  const refused = new Set(notEmulated.filter(({ answers }) => answers === "501").map(({ route }) => route));
  const [chosen] = candidatesOf(stacks, apiKeyValues)
    .filter(({ stage, method }) => !refused.has(`${method.httpMethod} /${stage}${method.resourcePath}`))
    .filter(asksForNothingElse)
    .sort((one, other) => weightOf(one) - weightOf(other));
  if (chosen === undefined) return "no route answers a plain GET here; see the routes above";
  const { stage, method, key } = chosen;
  const header = method.apiKeyRequired ? `-H 'x-api-key: ${key}' ` : "";
  return `curl ${header}${url}/${stage}${method.resourcePath.replace(/\{[^}]*\}/g, "example").replace(/^\/$/, "")}`;
}

function candidatesOf(
  stacks: readonly StackDefinition[],
  apiKeyValues: Readonly<Record<string, string>>,
): readonly Candidate[] {
  const addressOf = stageAddresses(stacks.flatMap(({ apis }) => apis));
  return stacks.flatMap(({ apis, usagePlans, region }) =>
    apis.flatMap((deployed) =>
      deployed.stages.flatMap((stage) => {
        const [key] = apiKeysOfStage(stacks, deployed, stage.name, apiKeyValues).keys();
        const around = { stage, usagePlans, account: defaultQuotas(region) };
        const blocked = effectiveLimits(deployed, around)
          .filter(({ everyone }) => everyone.rateLimit === 0 || everyone.burstLimit === 0)
          .map(({ route }) => route);
        return deployed.api.methods
          .filter(({ httpMethod }) => httpMethod === "GET" || httpMethod === "ANY")
          .filter((method) => !blocked.includes(routeKey(method)))
          .map((method) => ({ deployed, stage: addressOf(deployed.id, stage.name), method, key }));
      }),
    ),
  );
}

/** Neither a token, nor a key that nobody has, nor a body, nor query parameters and headers. */
function asksForNothingElse({ deployed, method, key }: Candidate): boolean {
  if (method.authorizationType !== "NONE") return false;
  if (method.apiKeyRequired && key === undefined) return false;
  const validator = deployed.api.requestValidators[method.requestValidator ?? ""];
  if (validator?.validateRequestBody && Object.keys(method.requestModels).length > 0) return false;
  const required = Object.entries(method.requestParameters).filter(([, isRequired]) => isRequired);
  return !validator?.validateRequestParameters || required.every(([name]) => name.startsWith("method.request.path."));
}

/** One bit for each drawback: a worse one outweighs all that follow. */
function weightOf(candidate: Candidate): number {
  return DRAWBACKS.reduce((weight, isDrawback) => 2 * weight + Number(isDrawback(candidate)), 0);
}
