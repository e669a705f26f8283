import type { DeclaredStack } from "./declared-stack";
import { type Comparison, joined, notCompared } from "./difference";

/** As in `…/functions/arn:aws:lambda:eu-west-1:111111111111:function:orders-dev-get-order:live/invocations`. */
const FUNCTION = /:function:([^:/]+)/;

/** Functions that routes and authorizers call and another stack has. */
export function foreignFunctions({
  definition,
  functions,
}: Pick<DeclaredStack, "definition" | "functions">): Comparison {
  const uris = definition.apis.flatMap(({ api }) => [
    ...api.methods.map(({ integration }) => integration.uri),
    ...Object.values(api.authorizers).map(({ uri }) => uri),
  ]);
  const called = new Set(uris.flatMap((uri) => FUNCTION.exec(uri ?? "")?.[1] ?? []));
  const foreign = [...called].filter((name) => !functions.some((own) => own.name === name)).sort();
  return joined(
    foreign.map((name) => notCompared(name, "code", "no function of this stack: look for drift in its own")),
  );
}
