import type { RestApiDefinition } from "../../definition/rest-api";
import { wholeUnknown } from "../../definition/unknown";
import type { AuthorizerResults } from "../state/authorizer-results";
import { type Identity, identitiesOf } from "./identities";
import { type Policy, PolicyProblem, parsePolicy } from "./policy";
import type { RealIssuer } from "./real-user-pools";
import type { TokenKeys } from "./token-issuer";

/** Who may sign requests and tokens for a gateway. */
export interface Trust {
  /** By access key id. */
  readonly identities: ReadonlyMap<string, Identity>;
  readonly tokenKeys: TokenKeys;
  /** Real user pools by the id that they have on localhost. @default - none */
  readonly realPools?: ReadonlyMap<string, RealIssuer>;
}

/** Nobody but the functions of the gateway itself. */
export const TRUST_OWN_FUNCTIONS: Trust = { identities: identitiesOf(), tokenKeys: new Map() };

/** What a stage knows about its callers. */
export interface StageCallers extends Trust {
  readonly results: AuthorizerResults;
  /** The API's own policy, unless it cannot be evaluated: then no route answers. */
  readonly policy?: Policy;
}

/** Prepares a stage for its callers. */
export function callersOfStage({ policy }: RestApiDefinition, trust: Trust, results: AuthorizerResults): StageCallers {
  const parsed = policy === undefined ? undefined : readPolicy(policy);
  return { ...trust, results, ...(Array.isArray(parsed) && { policy: parsed }) };
}

/** Why the policy of an API cannot be evaluated, if so. */
export function policyObstacle({ policy }: RestApiDefinition): string | undefined {
  const statement = policy?.Statement;
  const unknown = typeof statement === "string" ? wholeUnknown(statement) : undefined;
  if (unknown !== undefined) return `${unknown.address}.${unknown.attribute} has no value before apply`;
  const parsed = policy === undefined ? undefined : readPolicy(policy);
  return parsed instanceof PolicyProblem ? parsed.message : undefined;
}

function readPolicy(document: unknown): Policy | PolicyProblem {
  try {
    return parsePolicy(document);
  } catch (error) {
    if (error instanceof PolicyProblem) return error;
    throw error;
  }
}
