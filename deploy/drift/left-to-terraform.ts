import type { DeclaredStack } from "./declared-stack";
import { type Comparison, joined, notCompared } from "./difference";

/** What an API says itself is what the next deployment takes, by whomever. */
const OWN_DEFINITION = "definition of the API itself, which no stage serves yet";

/** What no call of this command reads: most of it is read by Terraform's provider. */
export function leftToTerraform({ definition, imports }: Pick<DeclaredStack, "definition" | "imports">): Comparison {
  return joined([
    ...definition.apis.map(({ api, id }) => {
      const address = imports.get(id);
      const reason =
        address === undefined
          ? "`terraform plan` shows it, but for routes that nobody declared"
          : `nothing exports it; after a change by hand, \`terraform apply -replace=${address}\` imports the document again`;
      return notCompared(api.name, OWN_DEFINITION, reason);
    }),
    notCompared(
      definition.name,
      "usage plans, API keys, roles, tables, queues and all else",
      "`terraform plan` shows what was changed",
    ),
  ]);
}
