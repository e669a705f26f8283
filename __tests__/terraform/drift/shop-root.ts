import type { Json, JsonObject } from "../../../definition/json";
import { toOpenApi } from "../../../definition/openapi/write";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { escapeTemplate } from "../../../definition/terraform/template";
import { apiBlocks } from "../../../modules/rest-api/emission/api-blocks";
import { BlockNames, renderBlock } from "../../../modules/rest-api/emission/block";

/** Blocks of a root by type and name. */
export type Blocks = Record<string, Record<string, JsonObject>>;

/** The Terraform of an API as one document. */
export function asDocument(id: string, definition: RestApiDefinition): Blocks {
  const { name, description = null, tags } = definition;
  return {
    aws_api_gateway_rest_api: { [id]: { name, description, tags, endpoint_configuration: { types: ["REGIONAL"] } } },
    aws_api_gateway_rest_api_put: {
      [id]: {
        rest_api_id: reference(`aws_api_gateway_rest_api.${id}.id`),
        body: escapeTemplate(JSON.stringify(toOpenApi(definition))),
        fail_on_warnings: true,
      },
    },
  };
}

/** The Terraform of an API as one resource for each part. */
export function asResources(id: string, definition: RestApiDefinition): Blocks {
  const address = `aws_api_gateway_rest_api.${id}`;
  const { name, description = null, tags } = definition;
  const restApi: JsonObject = {
    name,
    description,
    tags,
    endpoint_configuration: { types: ["REGIONAL"] },
    api_key_source: definition.apiKeySource,
    binary_media_types: definition.binaryMediaTypes,
    minimum_compression_size: String(definition.minimumCompressionSizeBytes ?? -1),
    disable_execute_api_endpoint: definition.disableExecuteApiEndpoint,
  };
  const blocks = apiBlocks({
    api: definition,
    apiAddress: address,
    restApiId: reference(`${address}.id`),
    executionArn: reference(`${address}.execution_arn`),
    names: new BlockNames(id),
  });
  const byType: Blocks = { aws_api_gateway_rest_api: { [id]: restApi } };
  for (const block of blocks) {
    byType[block.type] = { ...byType[block.type], [block.name]: renderBlock(block, literalsIn) };
  }
  return byType;
}

/** Addresses of blocks. */
export function addressesOf(blocks: Blocks): readonly string[] {
  return Object.entries(blocks).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`));
}

/** Resources of several parts of a root. */
export function together(...all: readonly Blocks[]): Blocks {
  const byType: Blocks = {};
  for (const [type, blocks] of all.flatMap((each) => Object.entries(each)))
    byType[type] = { ...byType[type], ...blocks };
  return byType;
}

function reference(expression: string): string {
  return `\${${expression}}`;
}

/** Literals escaped, references left as they are. */
function literalsIn(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, escaped(member)]));
}

function escaped(value: Json): Json {
  if (typeof value === "string") return REFERENCE.test(value) ? value : escapeTemplate(value);
  if (Array.isArray(value)) return value.map(escaped);
  return value !== null && typeof value === "object" ? literalsIn(value as JsonObject) : value;
}

const REFERENCE = /\$\{aws_api_gateway_rest_api\./;
