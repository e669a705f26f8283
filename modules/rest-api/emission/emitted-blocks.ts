import { TerraformStack } from "cdktf";
import type { JsonObject } from "../../../definition/json";
import { templateDocument } from "../../terraform-text";
import { apiBlocks } from "./api-blocks";
import { type ApiBlock, BlockNames, renderBlock } from "./block";
import type { EmittedApi } from "./emission";

/** The Terraform resources that an API becomes, besides itself. */
export function emittedBlocks(api: EmittedApi): readonly ApiBlock[] {
  const { restApi } = api;
  const apiPath = api.node.path.slice(TerraformStack.of(api).node.path.length + 1);
  return apiBlocks({
    api: api.definition(),
    apiAddress: `aws_api_gateway_rest_api.${restApi.friendlyUniqueId}`,
    restApiId: restApi.id,
    executionArn: restApi.executionArn,
    names: new BlockNames(apiPath),
  });
}

/** The same as Terraform JSON: by type and name, literals escaped. */
export function renderResources(api: EmittedApi): Readonly<Record<string, Readonly<Record<string, JsonObject>>>> {
  const byType: Record<string, Record<string, JsonObject>> = {};
  for (const block of emittedBlocks(api)) {
    const rendered = renderBlock(block, (literals) => templateDocument(api, literals).document);
    byType[block.type] = Object.assign(byType[block.type] ?? {}, { [block.name]: rendered });
  }
  return byType;
}
