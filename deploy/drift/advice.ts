import type { DeclaredStack } from "./declared-stack";
import type { Difference } from "./difference";

/** What ends one kind of difference. */
interface Remedy {
  readonly isFor: (difference: Difference, declared: AdvisedStack) => boolean;
  /** A line for people. */
  readonly advice: (declared: AdvisedStack, places: readonly string[]) => string;
}

/** What advice depends on. */
export type AdvisedStack = Pick<DeclaredStack, "definition" | "imports">;

/** The first that fits a difference is for it. */
const REMEDIES: readonly Remedy[] = [
  {
    isFor: ({ field }) => field === "code",
    advice: () => "code that Terraform takes for deployed: headgate drift --repair",
  },
  {
    isFor: ({ field, declared }) => declared === undefined && (field === "stage" || field === "methodSettings"),
    advice: () => "what is deployed and not declared: delete it by hand, Terraform knows nothing of it",
  },
  {
    isFor: ({ place, field }, stack) => field !== "api" && importOf(stack, place) !== undefined,
    advice: (stack, places) => {
      const addresses = places.flatMap((place) => importOf(stack, place) ?? []);
      return `the API itself, by an import of its document: terraform apply ${addresses.map((address) => `-replace=${address}`).join(" ")}`;
    },
  },
  { isFor: () => true, advice: () => "all else: terraform apply" },
];

/** What to do about differences, a line for each kind of them. */
export function adviceOn(differences: readonly Difference[], stack: AdvisedStack): readonly string[] {
  const remedyFor = (difference: Difference) => REMEDIES.find(({ isFor }) => isFor(difference, stack));
  return REMEDIES.flatMap((remedy) => {
    const places = differences.filter((difference) => remedyFor(difference) === remedy).map(({ place }) => place);
    return places.length === 0 ? [] : [remedy.advice(stack, [...new Set(places)])];
  });
}

/** Address of what imports the document of the API of that name. */
function importOf({ definition, imports }: AdvisedStack, place: string): string | undefined {
  const api = definition.apis.find(({ api: { name } }) => name === place);
  return api && imports.get(api.id);
}
