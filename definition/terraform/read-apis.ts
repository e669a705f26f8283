import { chooseOptional } from "../choice";
import { ConfigurationError } from "../configuration-error";
import type { JsonObject } from "../json";
import { isObject, listAt, objectAt, textAt } from "../json-access";
import { parseJson } from "../json-text";
import { fromOpenApi } from "../openapi/read";
import { present } from "../present";
import { ENDPOINT_TYPES, type RestApiDefinition } from "../rest-api";
import type { DeployedApiDefinition } from "../stack";
import { unknownsIn } from "../unknown";
import { type BlockReader, readersOf } from "./block-reader";
import { readStages } from "./read-stages";
import type { TerraformScope } from "./scope";

/**
 * The REST APIs of a root, each from the document that it imports.
 *
 * @throws ConfigurationError `API_DOCUMENT_MISSING`, `API_DOCUMENT_NOT_JSON`, `API_POLICY_NOT_JSON` and those of `fromOpenApi`
 */
export function readApis(scope: TerraformScope): readonly DeployedApiDefinition[] {
  const imports = readersOf(scope, "aws_api_gateway_rest_api_put");
  const policies = readersOf(scope, "aws_api_gateway_rest_api_policy");
  return readersOf(scope, "aws_api_gateway_rest_api").map((reader) => {
    const id = reader.attribute("id");
    const ofThisApi = (other: BlockReader) => other.text("rest_api_id") === id;
    const imported = imports.find(ofThisApi);
    const api = imported === undefined ? readInlineApi(reader) : readDocument(imported, reader);
    const policy = policies.find(ofThisApi);
    return {
      address: reader.address,
      id,
      api: policy === undefined ? api : present({ ...api, policy: readPolicy(policy) }),
      stages: readStages(scope, id),
    };
  });
}

function readDocument(holder: BlockReader, api: BlockReader): RestApiDefinition {
  const text = holder.text("body");
  if (text === undefined) throw withoutDocument(api);
  const endpoint = api.blockOf("endpoint_configuration");
  const endpointType = chooseOptional(ENDPOINT_TYPES, listAt(endpoint?.types)[0], api.address) ?? "EDGE";
  return fromOpenApi(parseDocument(text, holder), { endpointType, tags: api.textRecord("tags") });
}

/**
 * With `body`, the provider applies its own arguments after the import, so they win over the document.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_rest_api
 */
function readInlineApi(reader: BlockReader): RestApiDefinition {
  const api = readDocument(reader, reader);
  const endpoint = reader.blockOf("endpoint_configuration");
  const binaryMediaTypes = reader.texts("binary_media_types");
  const vpcEndpointIds = listAt(endpoint?.vpc_endpoint_ids).flatMap((id) => textAt(id) ?? []);
  return present({
    ...api,
    name: reader.text("name") ?? api.name,
    description: reader.text("description") ?? api.description,
    policy: readPolicy(reader) ?? api.policy,
    apiKeySource:
      chooseOptional(["HEADER", "AUTHORIZER"], reader.json("api_key_source"), reader.address) ?? api.apiKeySource,
    minimumCompressionSizeBytes: readCompression(reader) ?? api.minimumCompressionSizeBytes,
    disableExecuteApiEndpoint: reader.boolean("disable_execute_api_endpoint") ?? api.disableExecuteApiEndpoint,
    binaryMediaTypes: binaryMediaTypes.length > 0 ? binaryMediaTypes : api.binaryMediaTypes,
    vpcEndpointIds: vpcEndpointIds.length > 0 ? vpcEndpointIds : api.vpcEndpointIds,
  });
}

/** Minus one is how Terraform says "no compression". */
function readCompression(reader: BlockReader): number | undefined {
  const size = reader.number("minimum_compression_size");
  return size === -1 ? undefined : size;
}

function readPolicy(reader: BlockReader): JsonObject | undefined {
  const text = reader.text("policy");
  if (text === undefined || text === "") return undefined;
  const fix = "write the policy as JSON";
  return objectAt(parseJson(text, { code: "API_POLICY_NOT_JSON", place: reader.address, fix }));
}

function parseDocument(text: string, holder: BlockReader): JsonObject {
  const [unknown] = unknownsIn(text);
  const place = `${holder.address}.body`;
  const fix =
    unknown === undefined
      ? "import a document in JSON; YAML is not read"
      : `give ${unknown.address} (${unknown.attribute}) a value that is known before apply, or put it in quotes`;
  const document = parseJson(text, { code: "API_DOCUMENT_NOT_JSON", place, fix });
  if (isObject(document)) return document;
  throw new ConfigurationError("API_DOCUMENT_NOT_JSON", place, "the document is JSON, but no object", fix);
}

function withoutDocument(api: BlockReader): ConfigurationError {
  return new ConfigurationError(
    "API_DOCUMENT_MISSING",
    api.address,
    "the API has no document: neither an aws_api_gateway_rest_api_put for it nor a body",
    "declare the API as one OpenAPI document",
  );
}
