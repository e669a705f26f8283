import { addressOf } from "./block";
import type { EmissionName, EmittedApi } from "./emission";
import { emittedBlocks } from "./emitted-blocks";
import { LateElement } from "./late-element";

/**
 * Lets Terraform forget the resources of an API that is a document now. Destroyed, they would take away the very routes that
 * the import has written. Nothing is left of a document, whose destruction changes nothing.
 * Source: https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
 */
export function forgetFormer(api: EmittedApi, formerEmission: EmissionName | undefined): void {
  if (formerEmission !== "resources") return;
  new LateElement(api, "Former", () => ({
    removed: emittedBlocks(api).map((block) => ({ from: addressOf(block), lifecycle: { destroy: false } })),
  }));
}
