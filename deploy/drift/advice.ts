import type { DeclaredStack } from "./declared-stack";
import type { Difference } from "./difference";

/** What ends one kind of difference. */
interface Remedy {
  readonly isFor: (difference: Difference, declared: AdvisedStack) => boolean;
  /** A line for people. */
  readonly advice: (declared: AdvisedStack, places: readonly string[]) => string;
  /** True where its command brings back all that Terraform sees, too. */
  readonly isApply?: boolean;
}

/** What advice depends on. */
export type AdvisedStack = Pick<DeclaredStack, "definition" | "imports">;

/** What a killed apply may have made without telling the state. */
const RECOVERABLE: readonly string[] = ["api", "stage", "function", "alias"];
/** What a stage serves, beside its routes. */
const OF_DOCUMENT =
  /^(?:(?:models|requestValidators|authorizers|gatewayResponses)\..+|binaryMediaTypes|policy|(?:canary\.)?deploymentId)$/;

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
    isFor: ({ field, declared }) => declared === "declared" && RECOVERABLE.includes(field),
    advice: ({ definition: { name } }) =>
      `what is missing: headgate recover ${name}, in case an apply was killed; then terraform apply`,
    isApply: true,
  },
  {
    isFor: (difference, stack) => isOfDocument(difference) && importOf(stack, difference.place) !== undefined,
    advice: (stack, places) => {
      const addresses = new Set(places.flatMap((place) => importOf(stack, place) ?? []));
      const flags = [...addresses].map((address) => `-replace=${address}`).join(" ");
      return `what the document of an API says: terraform apply ${flags}, which imports it again`;
    },
    isApply: true,
  },
];
/** What Terraform sees by itself. */
const APPLY = "terraform apply";

/** What to do about differences, a line for each kind of them. */
export function adviceOn(differences: readonly Difference[], stack: AdvisedStack): readonly string[] {
  const remedyFor = (difference: Difference) => REMEDIES.find(({ isFor }) => isFor(difference, stack));
  const needed = REMEDIES.flatMap((remedy) => {
    const places = differences.filter((difference) => remedyFor(difference) === remedy).map(({ place }) => place);
    return places.length === 0 ? [] : [{ remedy, places: [...new Set(places)] }];
  });
  const lines = needed.map(({ remedy, places }) => remedy.advice(stack, places));
  const isApplied = needed.some(({ remedy }) => remedy.isApply);
  if (isApplied || differences.every((difference) => remedyFor(difference) !== undefined)) return lines;
  return [...lines, lines.length === 0 ? APPLY : `all else: ${APPLY}`];
}

/** Of an API, of a route, or of a stage's snapshot. */
function isOfDocument({ place, field }: Difference): boolean {
  if (field === "methodSettings" || field.startsWith("methodSettings.")) return false;
  return !place.includes("/") || place.includes(" ") || OF_DOCUMENT.test(field);
}

/** Address of what imports the document of the API that a place belongs to, as in `shop` or `shop/v1 GET /orders`. */
function importOf({ definition, imports }: AdvisedStack, place: string): string | undefined {
  const api = definition.apis.find(({ api: { name } }) => place === name || place.startsWith(`${name}/`));
  return api && imports.get(api.id);
}
