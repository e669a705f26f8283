import { OWNER_TAG } from "../../../definition/owner-tag";
import { withEntry } from "../../support/twin/patch";

/** Tags that a resource was given itself, without the one that a stack gives to all. */
export function ownTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return withEntry(tags, OWNER_TAG, undefined);
}
