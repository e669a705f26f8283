import { type ITerraformDependable, TerraformStack } from "cdktf";
import { templateDocument } from "../terraform-text";
import { apiBlocks } from "./emission/api-blocks";
import { type ApiBlock, addressOf, BlockNames, lastOf } from "./emission/block";
import { renderResources } from "./emission/emitted-blocks";
import { LateElement } from "./emission/late-element";
import type { ImportedRestApi } from "./imported-rest-api";

/**
 * One Terraform resource for each part of what is added to an API that is owned elsewhere. Gives back what a snapshot waits
 * for, asked at synth.
 */
export function emitMethods(api: ImportedRestApi): () => readonly ITerraformDependable[] {
  const path = api.node.path.slice(TerraformStack.of(api).node.path.length + 1);
  const names = new BlockNames(path);
  const local = names.of("api");
  const blocks = (): readonly ApiBlock[] => {
    if (api.methods.length === 0) return [];
    const { restApiId, executionArn } = api;
    const foreignPaths = new Set(Object.keys(api.resourceIds));
    return apiBlocks({
      api: api.definition(),
      apiAddress: `local.${local}`,
      restApiId,
      executionArn,
      names,
      foreignPaths,
    });
  };
  new LateElement(api, "Resources", () => {
    const all = blocks();
    if (all.length === 0) return {};
    const { resourceIds } = api;
    const ids = {
      id: api.restApiId,
      root_resource_id: api.restApiRootResourceId ?? "",
      ...(Object.keys(resourceIds).length === 0 ? {} : { resource_ids: { ...resourceIds } }),
    };
    // The resources speak of the API as of a resource; here its attributes are known.
    return { locals: { [local]: templateDocument(api, ids).document }, resource: renderResources(api, all) };
  });
  return () => lastOf(blocks()).map((block) => ({ fqn: addressOf(block) }));
}
