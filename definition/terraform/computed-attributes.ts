import type { Json } from "../json";
import { policyDocument } from "./iam-policy-document";
import { stableId } from "./stable-id";

/** Account that computed attributes name. */
export const LOCAL_ACCOUNT_ID = "000000000000";

/** What a computed attribute depends on. */
export interface ComputedFacts {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** `amazonaws.com`, or what the partition has instead. */
  readonly dnsSuffix: string;
  /** Seed of ids: root and address. */
  readonly seed: string;
  /** Evaluated argument of the resource as text; absent if it is not set. */
  argument(name: string): string | undefined;
  /** The same, of whatever type. */
  value(name: string): Json | undefined;
}

type Computed = (facts: ComputedFacts) => string;
type ComputedAttributes = Readonly<Record<string, Computed>>;

const id: Computed = ({ seed }) => stableId(seed);
const named =
  (argument: string): Computed =>
  (facts) =>
    facts.argument(argument) ?? `${facts.argument(`${argument}_prefix`) ?? "terraform-"}${stableId(facts.seed)}`;
const arn =
  (service: string, resource: Computed): Computed =>
  (facts) =>
    `arn:${facts.partition}:${service}:${facts.region}:${facts.account}:${resource(facts)}`;
const apiGatewayArn =
  (resource: Computed): Computed =>
  (facts) =>
    `arn:${facts.partition}:apigateway:${facts.region}::/${resource(facts)}`;
const iamArn =
  (kind: string): Computed =>
  (facts) =>
    `arn:${facts.partition}:iam::${facts.account}:${kind}${facts.argument("path") ?? "/"}${named("name")(facts)}`;
const invokeArn =
  (functionArn: Computed, version = "2015-03-31", action = "invocations"): Computed =>
  (facts) =>
    `arn:${facts.partition}:apigateway:${facts.region}:lambda:path/${version}/functions/${functionArn(facts)}/${action}`;
const restApiId: Computed = (facts) => facts.argument("rest_api_id") ?? id(facts);
const executionArn = (resource: Computed): Computed => arn("execute-api", resource);

const name = named("name");
const functionArn = arn("lambda", (facts) => `function:${named("function_name")(facts)}`);
const version: Computed = (facts) => (facts.argument("publish") === "true" ? "1" : "$LATEST");
const qualifiedArn: Computed = (facts) => `${functionArn(facts)}:${version(facts)}`;
const aliasArn: Computed = (facts) => {
  const target = facts.argument("function_name") ?? "";
  const base = target.startsWith("arn:") ? target : arn("lambda", () => `function:${target}`)(facts);
  return `${base}:${name(facts)}`;
};
const layerArn = arn("lambda", (facts) => `layer:${named("layer_name")(facts)}`);
const layerVersionArn: Computed = (facts) => `${layerArn(facts)}:1`;
const queueUrl: Computed = (facts) => `https://sqs.${facts.region}.${facts.dnsSuffix}/${facts.account}/${name(facts)}`;
const stagePath: Computed = (facts) => `${restApiId(facts)}/${facts.argument("stage_name") ?? ""}`;

/**
 * Attributes that only exist after an apply, by resource type, with the values that they have on localhost. Data sources with
 * literal arguments use the same rows.
 */
export const COMPUTED_ATTRIBUTES: Readonly<Record<string, ComputedAttributes>> = {
  aws_api_gateway_rest_api: {
    id,
    arn: apiGatewayArn((facts) => `restapis/${id(facts)}`),
    execution_arn: executionArn(id),
    root_resource_id: ({ seed }) => stableId(`${seed}/`),
  },
  aws_api_gateway_rest_api_put: { id: restApiId },
  aws_api_gateway_deployment: { id },
  aws_api_gateway_stage: {
    id: (facts) => `ags-${restApiId(facts)}-${facts.argument("stage_name") ?? ""}`,
    arn: apiGatewayArn((facts) => `restapis/${restApiId(facts)}/stages/${facts.argument("stage_name") ?? ""}`),
    execution_arn: executionArn(stagePath),
    invoke_url: (facts) => {
      const [api, stage] = stagePath(facts).split("/");
      return `https://${api}.execute-api.${facts.region}.${facts.dnsSuffix}/${stage}`;
    },
  },
  aws_api_gateway_resource: { id },
  aws_api_gateway_domain_name: { id: (facts) => facts.argument("domain_name") ?? id(facts) },
  aws_apigatewayv2_domain_name: { id: (facts) => facts.argument("domain_name") ?? id(facts) },
  aws_api_gateway_method: { id },
  aws_api_gateway_method_response: { id },
  aws_api_gateway_integration: { id },
  aws_api_gateway_integration_response: { id },
  aws_api_gateway_gateway_response: { id },
  aws_api_gateway_authorizer: { id },
  aws_api_gateway_model: { id },
  aws_api_gateway_request_validator: { id },
  aws_api_gateway_vpc_link: { id, arn: apiGatewayArn((facts) => `vpclinks/${id(facts)}`) },
  aws_api_gateway_api_key: { id, arn: apiGatewayArn((facts) => `apikeys/${id(facts)}`) },
  aws_api_gateway_usage_plan: { id, arn: apiGatewayArn((facts) => `usageplans/${id(facts)}`) },
  aws_lambda_function: {
    id: named("function_name"),
    arn: functionArn,
    invoke_arn: invokeArn(functionArn),
    response_streaming_invoke_arn: invokeArn(functionArn, "2021-11-15", "response-streaming-invocations"),
    version,
    qualified_arn: qualifiedArn,
    qualified_invoke_arn: invokeArn(qualifiedArn),
  },
  aws_lambda_layer_version: { id: layerVersionArn, arn: layerVersionArn, layer_arn: layerArn, version: () => "1" },
  aws_lambda_alias: { id: aliasArn, arn: aliasArn, invoke_arn: invokeArn(aliasArn) },
  aws_dynamodb_table: { id: name, name, arn: arn("dynamodb", (facts) => `table/${name(facts)}`) },
  aws_sqs_queue: { id: queueUrl, url: queueUrl, name, arn: arn("sqs", name) },
  aws_sns_topic: { id: arn("sns", name), arn: arn("sns", name), name },
  aws_s3_bucket: {
    id: named("bucket"),
    bucket: named("bucket"),
    arn: (facts) => `arn:${facts.partition}:s3:::${named("bucket")(facts)}`,
  },
  aws_cloudwatch_log_group: { id: name, name, arn: arn("logs", (facts) => `log-group:${name(facts)}`) },
  aws_kinesis_firehose_delivery_stream: { arn: arn("firehose", (facts) => `deliverystream/${name(facts)}`) },
  aws_iam_role: { id: name, name, arn: iamArn("role") },
  aws_iam_policy: { id: iamArn("policy"), name, arn: iamArn("policy") },
  aws_iam_policy_document: {
    json: (facts) => JSON.stringify(policyDocument(facts.value), null, 2),
    minified_json: (facts) => JSON.stringify(policyDocument(facts.value)),
  },
  aws_caller_identity: {
    id: ({ account }) => account,
    account_id: ({ account }) => account,
    arn: (facts) => `arn:${facts.partition}:iam::${facts.account}:root`,
    user_id: ({ account }) => account,
  },
  aws_region: {
    id: ({ region }) => region,
    name: ({ region }) => region,
    region: ({ region }) => region,
    endpoint: ({ region, dnsSuffix }) => `ec2.${region}.${dnsSuffix}`,
  },
  aws_partition: {
    id: ({ partition }) => partition,
    partition: ({ partition }) => partition,
    dns_suffix: ({ dnsSuffix }) => dnsSuffix,
    reverse_dns_prefix: ({ dnsSuffix }) => dnsSuffix.split(".").reverse().join("."),
  },
};
