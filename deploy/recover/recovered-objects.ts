import { present } from "../../definition/present";
import type { Finding } from "./find-objects";
import type { Import } from "./import-file";
import type { MissingResource, ReplacedResource } from "./missing-resources";
import { isTakenAnew } from "./recovery-rules";

/** What happens to an object: the next apply imports it or makes it anew, or it is left for a person to decide. */
export type Outcome = "imported" | "made anew" | "ambiguous" | "refused";

/** A resource that is in the configuration and not in the state. */
export interface RecoveredObject {
  readonly address: string;
  readonly type: string;
  readonly outcome: Outcome;
  /** Import id. */
  readonly object?: string;
  /** Why it is not imported, or not kept; absent where it is simply not there. */
  readonly reason?: string;
  /** Import ids of objects of which one may be it. */
  readonly candidates?: readonly { readonly id: string; readonly createdAt?: string }[];
}

interface Results {
  readonly findings: ReadonlyMap<string, Finding>;
  readonly imports: readonly Import[];
  /** Addresses of what apply would destroy after the import. */
  readonly destroyed: ReadonlySet<string>;
}

/** What becomes of each missing resource. */
export function describeObjects(
  missing: readonly MissingResource[],
  { findings, imports, destroyed }: Results,
): readonly RecoveredObject[] {
  const ids = new Map(imports.map(({ address, importId }) => [address, importId]));
  return missing.map(({ address, type, rule, isPossible }) => {
    const object = ids.get(address);
    const finding = findings.get(address);
    if (object !== undefined && destroyed.has(address)) {
      return isTakenAnew(rule)
        ? { address, type, outcome: "imported", object, reason: TAKEN_ANEW }
        : { address, type, outcome: "refused", object, reason: DESTROYED };
    }
    if (object !== undefined) return { address, type, outcome: "imported", object };
    if (finding?.kind === "ambiguous") {
      const candidates = finding.candidates.map(({ importId: id, createdAt }) => present({ id, createdAt }));
      return { address, type, outcome: "ambiguous", reason: finding.reason, candidates };
    }
    if (finding?.kind === "absent") return present({ address, type, outcome: "made anew", reason: finding.reason });
    if (rule.by === "none" && isPossible) {
      return { address, type, outcome: rule.isLost ? "refused" : "made anew", reason: rule.reason };
    }
    return { address, type, outcome: "made anew" };
  });
}

const TAKEN_ANEW =
  "AWS does not say what it was taken of: apply takes another one, and deletes it after the stage has moved";
const DESTROYED =
  "it differs from the configuration in what cannot be changed: apply would destroy it and what is in it; change the configuration, or delete it yourself";

/** Objects that an apply has made to replace others, and that no import can put in the place of these. */
export function describeReplacements(replacements: readonly ReplacedResource[]): readonly RecoveredObject[] {
  return replacements.map(({ address, type, importId, formerId }) => ({
    address,
    type,
    outcome: "refused",
    object: importId,
    reason: `made to replace ${formerId}, which the state still holds: \`terraform state rm '${address}'\`, then this command again; ${formerId} is then yours to delete`,
  }));
}
