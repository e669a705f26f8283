import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { JsonObject } from "../../../definition/json";
import { PLACE } from "./place";
import { shopDefinition } from "./shop-definition";
import { addressesOf, asDocument, asResources, type Blocks, together } from "./shop-root";

const CODE = zipSync({ "index.js": strToU8("exports.handler = async () => 1;") }, { mtime: new Date(2020, 0, 1) });

/** All that the settings of routes can say; what a caller must be to empty the cache as AWS has it by default. */
const SETTINGS: JsonObject = {
  metrics_enabled: true,
  logging_level: "ERROR",
  data_trace_enabled: true,
  throttling_rate_limit: 10,
  throttling_burst_limit: 5,
  caching_enabled: true,
  cache_ttl_in_seconds: 60,
  cache_data_encrypted: true,
  require_authorization_for_cache_control: true,
  unauthorized_cache_control_header_strategy: "FAIL_WITH_403",
};

/**
 * A stack with two APIs that say everything: `shop` as a document with a stage `v1` and a canary on `next`, `stall` as single
 * resources; and the function that both call. Answers the folder of its `cdk.tf.json`.
 */
export function writeShopStack(): string {
  const folder = mkdtempSync(join(tmpdir(), "headgate-shop-"));
  writeFileSync(join(folder, "read.zip"), CODE);
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration()));
  return folder;
}

function configuration(): JsonObject {
  const shop = asDocument("shop", shopDefinition());
  const stall = asResources("stall", shopDefinition({ name: "stall" }));
  const { region, accountId, assumeRoleArn } = PLACE;
  return {
    terraform: { required_providers: { aws: { source: "aws", version: "5.100.0" } } },
    provider: {
      aws: [
        {
          region,
          allowed_account_ids: [accountId],
          assume_role: [{ role_arn: assumeRoleArn }],
          default_tags: [{ tags: { owner: "sales" } }],
        },
      ],
    },
    resource: together(surroundings(), readFunction(), shop, stall, {
      aws_api_gateway_deployment: {
        shop: { rest_api_id: "${aws_api_gateway_rest_api.shop.id}", depends_on: addressesOf(shop) },
        shop_kept: {
          rest_api_id: "${aws_api_gateway_rest_api.shop.id}",
          triggers: { definition: "retained" },
          depends_on: addressesOf(shop),
        },
        stall: { rest_api_id: "${aws_api_gateway_rest_api.stall.id}", depends_on: addressesOf(stall) },
      },
      aws_api_gateway_stage: {
        shop_v1: shopStage(),
        shop_next: canaryStage(),
        stall_v1: {
          rest_api_id: "${aws_api_gateway_rest_api.stall.id}",
          deployment_id: "${aws_api_gateway_deployment.stall.id}",
          stage_name: "v1",
        },
      },
      aws_api_gateway_method_settings: {
        all: methodSettings("*/*"),
        orders: methodSettings("orders/GET"),
      },
    }),
  };
}

function shopStage(): JsonObject {
  return {
    rest_api_id: "${aws_api_gateway_rest_api.shop.id}",
    deployment_id: "${aws_api_gateway_deployment.shop.id}",
    stage_name: "v1",
    description: "What customers see",
    variables: { backend: "a.example.com", api_token: "wonderland" },
    cache_cluster_enabled: true,
    cache_cluster_size: "0.5",
    xray_tracing_enabled: true,
    client_certificate_id: "a1b2c3",
    access_log_settings: { destination_arn: "${aws_cloudwatch_log_group.shop.arn}", format: "$context.requestId" },
    depends_on: ["aws_api_gateway_account.this"],
    tags: { tier: "gold" },
  };
}

function canaryStage(): JsonObject {
  return {
    rest_api_id: "${aws_api_gateway_rest_api.shop.id}",
    deployment_id: "${aws_api_gateway_deployment.shop_kept.id}",
    stage_name: "next",
    canary_settings: {
      deployment_id: "${aws_api_gateway_deployment.shop.id}",
      percent_traffic: 10,
      stage_variable_overrides: { backend: "b.example.com" },
      use_stage_cache: true,
    },
  };
}

function methodSettings(methodPath: string): JsonObject {
  return {
    rest_api_id: "${aws_api_gateway_rest_api.shop.id}",
    stage_name: "${aws_api_gateway_stage.shop_v1.stage_name}",
    method_path: methodPath,
    settings: SETTINGS,
  };
}

function surroundings(): Blocks {
  const trust = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  });
  return {
    aws_iam_role: { shop: { name: "shop", assume_role_policy: trust } },
    aws_api_gateway_account: { this: { cloudwatch_role_arn: "${aws_iam_role.shop.arn}" } },
    aws_cloudwatch_log_group: { shop: { name: "/shop" } },
  };
}

function readFunction(): Blocks {
  return {
    aws_lambda_function: {
      read: {
        function_name: "shop-read",
        role: "${aws_iam_role.shop.arn}",
        filename: "read.zip",
        source_code_hash: createHash("sha256").update(CODE).digest("base64"),
        handler: "index.handler",
        runtime: "nodejs22.x",
        memory_size: 256,
        timeout: 10,
        publish: true,
        environment: { variables: { API_KEY: "wonderland" } },
        tracing_config: { mode: "Active" },
        ephemeral_storage: { size: 1024 },
        architectures: ["arm64"],
      },
    },
    aws_lambda_alias: {
      live: {
        name: "live",
        function_name: "${aws_lambda_function.read.function_name}",
        function_version: "${aws_lambda_function.read.version}",
      },
    },
    aws_lambda_permission: {
      shop: {
        statement_id: "shop-may-call",
        action: "lambda:InvokeFunction",
        function_name: "${aws_lambda_function.read.function_name}",
        qualifier: "${aws_lambda_alias.live.name}",
        principal: "apigateway.amazonaws.com",
        source_arn: "${aws_api_gateway_rest_api.shop.execution_arn}/*/*",
      },
    },
  };
}
