import type { Json, JsonObject } from "../../definition/json";
import { booleanAt, objectAt, textAt, textsAt } from "../../definition/json-access";
import { firstBlock } from "../../definition/terraform/blocks";
import { EDGE } from "./control-plane-rates";

/** What the AWS provider calls for one Terraform resource. */
export interface CallCost {
  /** Operations of API Gateway, each as often as it is called. */
  readonly create: readonly string[];
  /** The same for the refresh of every plan. */
  readonly refresh: readonly string[];
  /** What some attributes add to the creation. @default - nothing depends on attributes */
  readonly adds?: readonly AddedCost[];
}

/** Calls that an attribute costs. */
export interface AddedCost {
  readonly when: (block: JsonObject) => boolean;
  readonly create: readonly string[];
}

/**
 * Found by counting the calls of hashicorp/aws 5.100; `__tests__/terraform/budget.test.ts` counts them again. Tags, stage
 * variables, a canary, throttles, quotas and throttles of routes in a usage plan travel with the creation and cost nothing.
 */
export const RESOURCE_COSTS: Readonly<Record<string, CallCost>> = {
  aws_api_gateway_account: { create: ["UpdateAccount"], refresh: ["GetAccount"] },
  aws_api_gateway_api_key: createdAndRead("ApiKey"),
  aws_api_gateway_authorizer: createdAndRead("Authorizer"),
  aws_api_gateway_base_path_mapping: createdAndRead("BasePathMapping"),
  aws_api_gateway_client_certificate: {
    create: ["GenerateClientCertificate", "GetClientCertificate"],
    refresh: ["GetClientCertificate"],
  },
  aws_api_gateway_deployment: createdAndRead("Deployment"),
  aws_api_gateway_documentation_part: createdAndRead("DocumentationPart"),
  aws_api_gateway_documentation_version: createdAndRead("DocumentationVersion"),
  aws_api_gateway_domain_name: createdAndRead("DomainName"),
  aws_api_gateway_gateway_response: putAndRead("GatewayResponse"),
  aws_api_gateway_integration: putAndRead("Integration"),
  aws_api_gateway_integration_response: putAndRead("IntegrationResponse"),
  aws_api_gateway_method: { create: ["PutMethod"], refresh: ["GetMethod"] },
  aws_api_gateway_method_response: { create: ["PutMethodResponse"], refresh: ["GetMethodResponse"] },
  aws_api_gateway_method_settings: { create: ["UpdateStage", "GetStage"], refresh: ["GetStage"] },
  aws_api_gateway_model: { create: ["CreateModel"], refresh: ["GetModel"] },
  aws_api_gateway_request_validator: { create: ["CreateRequestValidator"], refresh: ["GetRequestValidator"] },
  aws_api_gateway_resource: createdAndRead("Resource"),
  aws_api_gateway_rest_api: {
    create: ["GetRestApi", "GetResources"],
    refresh: ["GetRestApi", "GetResources"],
    adds: [
      { when: isEdge, create: [`CreateRestApi${EDGE}`] },
      { when: (block) => !isEdge(block), create: ["CreateRestApi"] },
      { when: (block) => block.body !== undefined, create: ["PutRestApi"] },
      { when: saysMoreThanItsBody, create: ["UpdateRestApi"] },
    ],
  },
  aws_api_gateway_rest_api_policy: { create: ["UpdateRestApi", "GetRestApi"], refresh: ["GetRestApi"] },
  aws_api_gateway_rest_api_put: { create: ["PutRestApi", "GetRestApi", "GetRestApi"], refresh: ["GetRestApi"] },
  aws_api_gateway_stage: {
    ...createdAndRead("Stage"),
    adds: [
      // The provider waits for the cache until it answers as available, and again after an update; each look that finds it
      // still in the making costs one more.
      { when: hasCache, create: ["GetStage"] },
      { when: needsUpdate, create: ["UpdateStage"] },
      { when: (block) => hasCache(block) && needsUpdate(block), create: ["GetStage"] },
    ],
  },
  aws_api_gateway_usage_plan: {
    ...createdAndRead("UsagePlan"),
    adds: [{ when: (block) => block.product_code !== undefined, create: ["UpdateUsagePlan"] }],
  },
  aws_api_gateway_usage_plan_key: createdAndRead("UsagePlanKey"),
  aws_api_gateway_vpc_link: { create: ["CreateVpcLink", "GetVpcLink", "GetVpcLink"], refresh: ["GetVpcLink"] },
};

/** What data sources call, at creation and in every plan alike. */
export const DATA_COSTS: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_api_key: ["GetApiKey"],
  aws_api_gateway_authorizers: ["GetAuthorizers"],
  aws_api_gateway_export: ["GetExport"],
  aws_api_gateway_resource: ["GetResources"],
  aws_api_gateway_rest_api: ["GetRestApis", "GetResources"],
};

/** A type of API Gateway that nobody has counted: one call to make it, and one to read it. */
export const ASSUMED_COST: CallCost = { create: ["assumed write", "assumed read"], refresh: ["assumed read"] };

/** True for what AWS counts as API Gateway, of HTTP and WebSocket APIs too. */
export function isApiGatewayType(type: string): boolean {
  return /^aws_api_?gateway(v2)?_/.test(type);
}

function createdAndRead(noun: string): CallCost {
  return { create: [`Create${noun}`, `Get${noun}`], refresh: [`Get${noun}`] };
}

function putAndRead(noun: string): CallCost {
  return { create: [`Put${noun}`, `Get${noun}`], refresh: [`Get${noun}`] };
}

/** What an API says beside its body is written once more after the import. */
const BESIDE_BODY = [
  "api_key_source",
  "binary_media_types",
  "description",
  "disable_execute_api_endpoint",
  "minimum_compression_size",
  "policy",
] as const;

function saysMoreThanItsBody(block: JsonObject): boolean {
  if (block.body === undefined) return false;
  return BESIDE_BODY.some((name) => block[name] !== undefined) || titleOf(block.body) !== textAt(block.name);
}

function titleOf(body: Json | undefined): string | undefined {
  try {
    const document: Json = JSON.parse(textAt(body) ?? "");
    return textAt(objectAt(objectAt(document).info).title);
  } catch {
    return undefined;
  }
}

function hasCache({ cache_cluster_enabled: enabled }: JsonObject): boolean {
  return booleanAt(enabled) === true;
}

/** What the creation of a stage cannot carry. */
function needsUpdate({ access_log_settings: log, client_certificate_id: certificate }: JsonObject): boolean {
  return log !== undefined || certificate !== undefined;
}

/** Without a word about it, AWS makes an API edge-optimized. */
function isEdge({ endpoint_configuration: given }: JsonObject): boolean {
  const { types } = firstBlock(given);
  return types === undefined || textsAt(types).includes("EDGE");
}
