import type { IConstruct } from "constructs";
import { type Warning, warnAtSynth } from "../checks/warning";
import type { ApiDocument } from "./document";

/** What Terraform may know in the first plan: data sources, variables, locals. */
const KNOWN = /^\$\{(?:data|var|local)\.[\w.[\]"-]+\}$/;

/** Says at synth when the document cannot be read in the first plan. */
export function warnOfUnknownDocument(api: IConstruct, document: () => ApiDocument): void {
  warnAtSynth(api, (): readonly Warning[] => {
    const unknown = document().references.filter((reference) => !KNOWN.test(reference));
    if (unknown.length === 0) return [];
    return [
      {
        code: "DOCUMENT_UNKNOWN_AT_PLAN",
        problem: `the API's document refers to ${unknown.join(", ")}: where such a value exists only after apply, the plan shows the whole document as unknown`,
        fix: "pass a literal or a data source where you can; else review the routes in cdk.tf.json",
      },
    ];
  });
}
