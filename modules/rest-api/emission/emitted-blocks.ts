import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { JsonObject } from "../../../definition/json";
import { formerPathOf } from "../../moved-from";
import { templateDocument } from "../../terraform-text";
import { apiBlocks } from "./api-blocks";
import { type ApiBlock, addressOf, BlockNames, renderBlock } from "./block";
import type { EmittedApi } from "./emission";

/** The Terraform resources that an API becomes, besides itself. */
export function emittedBlocks(api: EmittedApi): readonly ApiBlock[] {
  return blocksAt(api, api.node.path.slice(TerraformStack.of(api).node.path.length + 1));
}

/** Blocks as Terraform JSON has them: by type and name, literals escaped. */
export function renderResources(
  scope: IConstruct,
  blocks: readonly ApiBlock[],
): Readonly<Record<string, Readonly<Record<string, JsonObject>>>> {
  const byType: Record<string, Record<string, JsonObject>> = {};
  for (const block of blocks) {
    const rendered = renderBlock(block, (literals) => templateDocument(scope, literals).document);
    byType[block.type] = Object.assign(byType[block.type] ?? {}, { [block.name]: rendered });
  }
  return byType;
}

/** `moved` blocks for an API that `movedFrom` says to have stood elsewhere. */
export function movedBlocks(api: EmittedApi): readonly { readonly from: string; readonly to: string }[] {
  const former = formerPathOf(api);
  if (former === undefined) return [];
  const current = emittedBlocks(api);
  return blocksAt(api, former).map((block, index) => ({
    from: addressOf(block),
    to: addressOf(current[index] ?? block),
  }));
}

function blocksAt(api: EmittedApi, apiPath: string): readonly ApiBlock[] {
  const { restApi } = api;
  return apiBlocks({
    api: api.definition(),
    apiAddress: `aws_api_gateway_rest_api.${restApi.friendlyUniqueId}`,
    restApiId: restApi.id,
    executionArn: restApi.executionArn,
    names: new BlockNames(apiPath),
  });
}
