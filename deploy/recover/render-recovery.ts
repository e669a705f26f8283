import { basename } from "node:path";
import type { Recovery } from "./recover-stack";
import type { Outcome, RecoveredObject } from "./recovered-objects";

/** Addresses of what is simply not there: a fresh stack has hundreds. */
const MAX_SHOWN_ADDRESSES = 10;

const ORDER: readonly Outcome[] = ["ambiguous", "refused", "imported", "made anew"];

/** A table of address, outcome and object, and what to do next. */
export function renderRecovery(recovery: Recovery): string {
  return [...tableOf(recovery.objects), ...summaryOf(recovery)].join("\n");
}

/** What is not there and will be made, as it should be, stands in the summary. */
function tableOf(objects: readonly RecoveredObject[]): readonly string[] {
  const shown = ORDER.flatMap((outcome) =>
    objects.filter((object) => object.outcome === outcome && (outcome !== "made anew" || object.reason !== undefined)),
  );
  if (shown.length === 0) return [];
  const width = Math.max(...shown.map(({ address }) => address.length));
  return [...shown.flatMap((object) => rowsOf(object, width)), ""];
}

function rowsOf(
  { address, outcome, object, reason, candidates = [] }: RecoveredObject,
  width: number,
): readonly string[] {
  const about = [object, reason].filter((part) => part !== undefined).join("  ");
  const row = `${address.padEnd(width)}  ${outcome.padEnd(9)}  ${about}`;
  const choices = candidates.map(
    ({ id, createdAt }) =>
      `  terraform import '${address}' ${id}${createdAt === undefined ? "" : `   # made ${createdAt}`}`,
  );
  return [row, ...choices];
}

function summaryOf({ stack, objects, file, removed }: Recovery): readonly string[] {
  const count = (outcome: Outcome) => objects.filter((object) => object.outcome === outcome).length;
  const removal = removed ? ["the import blocks of an earlier run were removed"] : [];
  const undecided = count("ambiguous") + count("refused");
  const absent = objects.filter(({ outcome, reason }) => outcome === "made anew" && reason === undefined);
  const lines = [
    ...(undecided > 0
      ? [`${undecided} to decide: import one by hand, as shown, or delete what is not wanted; then run this again`]
      : []),
    ...absentLines(absent),
  ];
  if (file === undefined) return [...lines, `${stack}: nothing to import`, ...removal];
  return [
    ...lines,
    `${stack}: ${count("imported")} to import, written to ${basename(file)}`,
    "next: terraform apply (or cdktf deploy), then this command again, which removes the file",
  ];
}

function absentLines(absent: readonly RecoveredObject[]): readonly string[] {
  if (absent.length === 0) return [];
  const more = absent.length - MAX_SHOWN_ADDRESSES;
  return [
    `${absent.length} declared and not in the account: apply makes them`,
    ...absent.slice(0, MAX_SHOWN_ADDRESSES).map(({ address }) => `  ${address}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
