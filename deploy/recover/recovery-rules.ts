import type { LookupName } from "./lookups";

/** Arguments of a missing resource, evaluated. Texts may hold unknowns. */
export interface ImportFacts {
  /** Absent where the argument is not set. */
  argument(name: string): string | undefined;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** As in `aws`. */
  readonly partition: string;
  /** As in `amazonaws.com`. */
  readonly dnsSuffix: string;
}

/** How an object of one type that no state knows is found again. */
export type RecoveryRule =
  /** By an import id that is made of what the configuration says. */
  | { readonly by: "id"; readonly id: (facts: ImportFacts) => string }
  /** By a list of what is in the account. `isTakenAnew` says that apply replaces it without a loss. */
  | { readonly by: "lookup"; readonly lookup: LookupName; readonly isTakenAnew?: true }
  /**
   * Not at all, because creating it anew does no harm, or because nothing tells one from another.
   * `within` names the argument without which it cannot exist; `isLost` says that making it anew is wrong.
   */
  | { readonly by: "none"; readonly reason: string; readonly within?: string; readonly isLost?: true };

/** True for what apply replaces without a loss. */
export function isTakenAnew(rule: RecoveryRule): boolean {
  return rule.by === "lookup" && rule.isTakenAnew === true;
}

/** What `retainDeployments`, a canary or a rollback keeps. */
export const LOST_SNAPSHOT: RecoveryRule = {
  by: "none",
  reason:
    "an earlier snapshot, and nothing tells which one it is: remove it from retainDeployments, canary and rollback, and deploy the definition of then again",
  within: "rest_api_id",
  isLost: true,
};

/** Arguments with `/`, `:` … between them, as in `{function_name}/{name}`. */
function id(pattern: string): RecoveryRule {
  return {
    by: "id",
    id: ({ argument }) => pattern.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => argument(name) ?? ""),
  };
}

function lookup(name: LookupName): RecoveryRule {
  return { by: "lookup", lookup: name };
}

/** Terraform's create overwrites what is there, so that nothing is doubled and nothing collides. */
function again(within: string): RecoveryRule {
  return { by: "none", reason: "written again over what is there", within };
}

/** Parts that are set; a state writes `""` for what is not. */
function joined(separator: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(separator);
}

const permission: RecoveryRule = {
  by: "id",
  id: ({ argument }) =>
    `${joined(":", argument("function_name"), argument("qualifier"))}/${argument("statement_id") ?? ""}`,
};

const asynchronous: RecoveryRule = {
  by: "id",
  id: ({ argument }) => joined(":", argument("function_name"), argument("qualifier")),
};

const queue: RecoveryRule = {
  by: "id",
  id: ({ argument, account, region, dnsSuffix }) =>
    `https://sqs.${region}.${dnsSuffix}/${account}/${argument("name") ?? ""}`,
};

/** @param prefix of the name, as in `stateMachine:` */
function arn(service: string, prefix = ""): RecoveryRule {
  return {
    by: "id",
    id: ({ argument, partition, region, account }) =>
      `arn:${partition}:${service}:${region}:${account}:${prefix}${argument("name") ?? ""}`,
  };
}

const record: RecoveryRule = {
  by: "id",
  id: ({ argument }) =>
    joined("_", argument("zone_id"), argument("name"), argument("type"), argument("set_identifier")),
};

/**
 * Rules by resource type.
 * Source of the ids: the section "Import" of each page of https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
export const RECOVERY_RULES: Readonly<Record<string, RecoveryRule>> = {
  aws_api_gateway_account: again("cloudwatch_role_arn"),
  aws_api_gateway_api_key: lookup("apiKey"),
  aws_api_gateway_authorizer: lookup("authorizer"),
  aws_api_gateway_base_path_mapping: id("{domain_name}/{base_path}"),
  aws_api_gateway_client_certificate: lookup("clientCertificate"),
  aws_api_gateway_deployment: { by: "lookup", lookup: "deployment", isTakenAnew: true },
  aws_api_gateway_domain_name: id("{domain_name}"),
  aws_api_gateway_gateway_response: id("{rest_api_id}/{response_type}"),
  aws_api_gateway_integration: id("{rest_api_id}/{resource_id}/{http_method}"),
  aws_api_gateway_integration_response: id("{rest_api_id}/{resource_id}/{http_method}/{status_code}"),
  aws_api_gateway_method: id("{rest_api_id}/{resource_id}/{http_method}"),
  aws_api_gateway_method_response: id("{rest_api_id}/{resource_id}/{http_method}/{status_code}"),
  aws_api_gateway_method_settings: again("rest_api_id"),
  aws_api_gateway_model: id("{rest_api_id}/{name}"),
  aws_api_gateway_request_validator: lookup("requestValidator"),
  aws_api_gateway_resource: lookup("resource"),
  aws_api_gateway_rest_api: lookup("restApi"),
  aws_api_gateway_rest_api_policy: again("rest_api_id"),
  aws_api_gateway_rest_api_put: again("rest_api_id"),
  aws_api_gateway_stage: id("{rest_api_id}/{stage_name}"),
  aws_api_gateway_usage_plan: lookup("usagePlan"),
  aws_api_gateway_usage_plan_key: id("{usage_plan_id}/{key_id}"),
  aws_api_gateway_vpc_link: lookup("vpcLink"),
  aws_apigatewayv2_api_mapping: {
    by: "none",
    reason:
      "its id cannot be found by name; where apply then meets a conflict: `aws apigatewayv2 get-api-mappings`, and `terraform import <address> <id>/<domain>`",
    within: "domain_name",
  },
  aws_acm_certificate: {
    by: "none",
    reason: "a certificate is requested anew; one that a killed apply requested stays unused and costs nothing",
  },
  aws_acm_certificate_validation: again("certificate_arn"),
  aws_cloudwatch_composite_alarm: id("{alarm_name}"),
  aws_cloudwatch_dashboard: id("{dashboard_name}"),
  aws_cloudwatch_event_bus: id("{name}"),
  aws_cloudwatch_log_group: id("{name}"),
  aws_cloudwatch_log_metric_filter: id("{log_group_name}:{name}"),
  aws_cloudwatch_metric_alarm: id("{alarm_name}"),
  aws_cloudwatch_query_definition: {
    by: "none",
    reason: "its id cannot be found by name; a saved query that a killed apply made stays beside the new one",
  },
  aws_dynamodb_table: id("{name}"),
  aws_iam_group_policy: id("{group}:{name}"),
  aws_iam_role: id("{name}"),
  aws_iam_role_policy: id("{role}:{name}"),
  aws_iam_role_policy_attachment: id("{role}/{policy_arn}"),
  aws_iam_user_policy: id("{user}:{name}"),
  aws_kinesis_stream: id("{name}"),
  aws_lambda_alias: id("{function_name}/{name}"),
  aws_lambda_function: id("{function_name}"),
  aws_lambda_function_event_invoke_config: asynchronous,
  aws_lambda_permission: permission,
  aws_lambda_provisioned_concurrency_config: again("function_name"),
  aws_route53_record: record,
  aws_s3_bucket: id("{bucket}"),
  aws_sfn_state_machine: arn("states", "stateMachine:"),
  aws_sns_topic: arn("sns"),
  aws_sqs_queue: queue,
  aws_ssm_parameter: id("{name}"),
  aws_wafv2_web_acl_association: again("resource_arn"),
};
