import { Lazy } from "cdktf";
import type { IConstruct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { templateDocument } from "../terraform-text";
import type { PolicyDocument } from "./policy-statement";

/** A policy as an attribute, with all statements that it has at synth. Variables of IAM stay as they are written. */
export function policyText(scope: IConstruct, policy: Pick<PolicyDocument, "toJSON">): string {
  return Lazy.stringValue({ produce: () => canonicalJson(templateDocument(scope, policy.toJSON()).document) });
}
