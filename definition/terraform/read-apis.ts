import { chooseOptional } from "../choice";
import { ConfigurationError } from "../configuration-error";
import type { JsonObject } from "../json";
import { listAt, objectAt, textAt } from "../json-access";
import { parseJson } from "../json-text";
import { withAwsVariables } from "../openapi/aws-variables";
import { fromOpenApi } from "../openapi/read";
import { present } from "../present";
import { mapPolicyResources, SHORT_FORM } from "../resource-policy";
import { ENDPOINT_TYPES, type EndpointType, type RestApiDefinition } from "../rest-api";
import type { DeployedApiDefinition } from "../stack";
import { wholeUnknown } from "../unknown";
import { parseApiDocument } from "./api-document";
import { type BlockReader, readersOf } from "./block-reader";
import { readApiParts } from "./read-api-parts";
import { readStages } from "./read-stages";
import type { TerraformScope } from "./scope";

/**
 * The REST APIs of a root, each from the document that it imports, or from the resources that belong to it.
 *
 * @throws ConfigurationError `API_DOCUMENT_MISSING`, `API_DOCUMENT_NOT_JSON`, `API_DOCUMENT_UNKNOWN`, `API_POLICY_NOT_JSON` and those of `fromOpenApi`
 * and `readApiParts`
 */
export function readApis(scope: TerraformScope): readonly DeployedApiDefinition[] {
  const imports = readersOf(scope, "aws_api_gateway_rest_api_put");
  const policies = readersOf(scope, "aws_api_gateway_rest_api_policy");
  return readersOf(scope, "aws_api_gateway_rest_api").map((reader) => {
    const id = reader.attribute("id");
    const ofThisApi = (other: BlockReader) => other.text("rest_api_id") === id;
    const imported = imports.find(ofThisApi);
    const api = imported === undefined ? readApi(scope, reader) : readDocument(scope, imported, reader);
    const policy = policies.find(ofThisApi);
    return {
      address: reader.address,
      id,
      api: policy === undefined ? api : present({ ...api, policy: readPolicy(policy, reader) }),
      stages: readStages(scope, id),
    };
  });
}

function readDocument(scope: TerraformScope, holder: BlockReader, api: BlockReader): RestApiDefinition {
  const body = holder.text("body");
  if (body === undefined) throw withoutDocument(holder);
  const text = withAwsVariables(body, { region: scope.region, accountId: scope.account });
  return fromOpenApi(parseApiDocument(text, `${holder.address}.body`), {
    endpointType: endpointTypeOf(api),
    tags: api.textRecord("tags"),
  });
}

function endpointTypeOf(api: BlockReader): EndpointType {
  const endpoint = api.blockOf("endpoint_configuration");
  return chooseOptional(ENDPOINT_TYPES, listAt(endpoint?.types)[0], api.address) ?? "EDGE";
}

/** What an API is that nothing is said about. */
function readResources(scope: TerraformScope, api: BlockReader): RestApiDefinition {
  return {
    name: "",
    endpointType: endpointTypeOf(api),
    vpcEndpointIds: [],
    disableExecuteApiEndpoint: false,
    binaryMediaTypes: [],
    apiKeySource: "HEADER",
    tags: api.textRecord("tags"),
    ...readApiParts(scope, api),
  };
}

/**
 * With `body`, the provider applies its own arguments after the import, so they win over the document.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_rest_api
 */
function readApi(scope: TerraformScope, reader: BlockReader): RestApiDefinition {
  const api = reader.text("body") === undefined ? readResources(scope, reader) : readDocument(scope, reader, reader);
  const endpoint = reader.blockOf("endpoint_configuration");
  const binaryMediaTypes = reader.texts("binary_media_types");
  const vpcEndpointIds = listAt(endpoint?.vpc_endpoint_ids).flatMap((id) => textAt(id) ?? []);
  return present({
    ...api,
    name: reader.text("name") ?? api.name,
    description: reader.text("description") ?? api.description,
    policy: readPolicy(reader, reader) ?? api.policy,
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

/** Resources of the API itself in the short form `execute-api:/…`, however they are written. */
function readPolicy(holder: BlockReader, api: BlockReader): JsonObject | undefined {
  const text = holder.text("policy");
  if (text === undefined || text === "") return undefined;
  // A policy that nobody knows must not let everybody in: see `policyObstacle`.
  if (wholeUnknown(text) !== undefined) return { Statement: text };
  const fix = "write the policy as JSON";
  const policy = objectAt(parseJson(text, { code: "API_POLICY_NOT_JSON", place: holder.address, fix }));
  const own = `${api.attribute("execution_arn")}/`;
  return mapPolicyResources(policy, (arn) => (arn.startsWith(own) ? `${SHORT_FORM}${arn.slice(own.length)}` : arn));
}

function withoutDocument({ address }: BlockReader): ConfigurationError {
  return new ConfigurationError(
    "API_DOCUMENT_MISSING",
    address,
    "the import has no body",
    "import a document, or take the import out and declare the API as resources",
  );
}
