import type { AuthorizerDefinition } from "../../definition/authorizer";
import type { StackDefinition } from "../../definition/stack";
import { unknownsIn } from "../../definition/unknown";
import { stageVariablesIn, withStageVariables } from "../integrations/uri";

/**
 * Ids of the user pools that an authorizer trusts. A pool of the same stack has its id after apply only; on localhost it
 * is called after its Terraform resource, as in `eu-central-1_users`.
 */
export function poolIdsOf(
  { providerArns }: AuthorizerDefinition,
  variables: Readonly<Record<string, string>>,
  region: string,
): readonly string[] {
  return providerArns.map((declared) => {
    const arn = withStageVariables(declared, variables);
    const [unknown] = unknownsIn(arn);
    if (unknown) return `${region}_${(unknown.address.split(".").at(-1) ?? "").replace(/[^A-Za-z0-9]/g, "")}`;
    return arn.split("userpool/")[1] ?? arn;
  });
}

/** Ids of all user pools that the authorizers of a stack trust. */
export function poolIdsOfStack({ apis, region }: StackDefinition): readonly string[] {
  const ids = apis.flatMap(({ api, stages }) =>
    stages.flatMap(({ variables }) =>
      Object.values(api.authorizers)
        .filter(({ type }) => type === "COGNITO_USER_POOLS")
        .filter(({ providerArns }) => providerArns.flatMap(stageVariablesIn).every((name) => name in variables))
        .flatMap((authorizer) => poolIdsOf(authorizer, variables, region)),
    ),
  );
  return [...new Set(ids)];
}
