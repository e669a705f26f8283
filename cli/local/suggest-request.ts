import { effectiveLimits } from "../../definition/effective-limits";
import type { MethodDefinition } from "../../definition/method";
import { routeKey } from "../../definition/openapi/operation-id";
import { defaultQuotas } from "../../definition/quotas";
import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";
import { stageAddresses } from "../../local/addresses/stage-addresses";
import { poolIdsOf } from "../../local/auth/user-pools";
import type { NotEmulatedSummary } from "../../local/serve";
import { apiKeysOfStage } from "../../local/steps/check-api-key";

/** A route that a GET can ask for, and that lets requests pass. */
interface Candidate {
  readonly deployed: DeployedApiDefinition;
  /** Where the stage is on localhost. */
  readonly stage: string;
  readonly method: MethodDefinition;
  /** Value of a key that opens the stage. */
  readonly key: string | undefined;
  /** What goes with the request when the route asks for a token of a user pool. */
  readonly token: TokenHint | undefined;
}

interface TokenHint {
  readonly header: string;
  /** Arguments of `headgate token`. */
  readonly arguments: string;
}

/** What suggestions are made of, besides the stacks. */
export interface Surroundings {
  readonly notEmulated: readonly NotEmulatedSummary[];
  /** Of the gateway. */
  readonly url: string;
  readonly apiKeyValues: Readonly<Record<string, string>>;
  /** What a developer types to get a token, before its arguments. */
  readonly tokenCall: string;
}

/** What is wrong with a candidate, the worst first; the route with the least of it is suggested. */
const DRAWBACKS: readonly ((candidate: Candidate) => boolean)[] = [
  ({ token }) => token !== undefined,
  ({ method }) => method.apiKeyRequired,
  ({ method }) => method.resourcePath.includes("{"),
  ({ method }) => method.integration.type.startsWith("HTTP"),
  ({ method }) => method.integration.type !== "AWS_PROXY",
];

/**
 * A first request to try: a GET that the gateway answers rightly, with an API key and a token where the route asks for them and
 * an example for each variable of the path. Says so when there is none.
 */
export function suggestRequest(
  stacks: readonly StackDefinition[],
  { notEmulated, url, apiKeyValues, tokenCall }: Surroundings,
): string {
  const refused = new Set(notEmulated.filter(({ answers }) => answers === "501").map(({ route }) => route));
  const [chosen] = candidatesOf(stacks, apiKeyValues)
    .filter(({ stage, method }) => !refused.has(`${method.httpMethod} /${stage}${method.resourcePath}`))
    .filter(asksForNothingElse)
    .sort((one, other) => weightOf(one) - weightOf(other));
  if (chosen === undefined) return "no route answers a plain GET here; see the routes above";
  const { stage, method, key, token } = chosen;
  const headers = [
    method.apiKeyRequired ? `-H 'x-api-key: ${key}' ` : "",
    token ? `-H "${token.header}: $(${tokenCall} ${token.arguments})" ` : "",
  ].join("");
  return `curl ${headers}${url}/${stage}${method.resourcePath.replace(/\{[^}]*\}/g, "example").replace(/^\/$/, "")}`;
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
          .map((method) => ({
            deployed,
            stage: addressOf(deployed.id, stage.name),
            method,
            key,
            token: tokenHint(deployed, method, { stage, region }),
          }));
      }),
    ),
  );
}

/** Absent where the route asks for no token of a user pool, or takes it from elsewhere than a header. */
function tokenHint(
  { api }: DeployedApiDefinition,
  { authorizationType, authorizer: name = "", authorizationScopes }: MethodDefinition,
  { stage, region }: { readonly stage: StageDefinition; readonly region: string },
): TokenHint | undefined {
  const authorizer = api.authorizers[name];
  if (authorizationType !== "COGNITO_USER_POOLS" || authorizer === undefined) return undefined;
  const { identitySource = "method.request.header.Authorization" } = authorizer;
  const [, header] = /^method\.request\.header\.([\w-]+)$/.exec(identitySource) ?? [];
  const [pool] = poolIdsOf(authorizer, stage.variables, region);
  if (header === undefined || pool === undefined) return undefined;
  const [scope] = authorizationScopes;
  return { header, arguments: [`--pool ${pool}`, scope === undefined ? [] : `--scope ${scope}`].flat().join(" ") };
}

/** Neither another token, nor a key that nobody has, nor a body, nor query parameters and headers. */
function asksForNothingElse({ deployed, method, key, token }: Candidate): boolean {
  if (method.authorizationType !== "NONE" && token === undefined) return false;
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
