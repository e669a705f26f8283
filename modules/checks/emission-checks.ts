import type { IConstruct } from "constructs";
import type { EmissionName } from "../rest-api/emission/emission";
import { type Check, runChecks } from "./check";

interface EmissionSubject {
  readonly emission: EmissionName;
  readonly formerEmission: EmissionName | undefined;
}

const CHECKS: readonly Check<EmissionSubject>[] = [
  {
    code: "FORMER_EMISSION_IS_EMISSION",
    problem: ({ emission, formerEmission }) =>
      emission === formerEmission ? `emission and formerEmission are both "${emission}"` : undefined,
    fix: "remove formerEmission, or correct one of them",
  },
  {
    code: "EMISSION_CHANGE_UNSUPPORTED",
    problem: ({ emission, formerEmission }) =>
      emission === "resources" && formerEmission === "openapi"
        ? "an imported API cannot become resources in place: AWS would refuse to create what the import has created, under ids that only AWS knows"
        : undefined,
    fix: "declare the API anew under another construct id, move its domain, then remove the old one; see docs/emissions.md",
  },
];

/** Records what is wrong with the form of an API. */
export function checkEmission(scope: IConstruct, subject: EmissionSubject): void {
  runChecks(scope, CHECKS, subject);
}
