import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../../definition/json";
import { objectOr } from "../twin/json-values";
import type { Inventory } from "./inventory";

/** Arguments of one resource of `cdk.tf.json`. */
export function declaredResources(folder: string, type: string): readonly JsonObject[] {
  const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  return Object.values(objectOr(resource[type])).map(objectOr);
}

/** The document of a synthesized stack as Terraform evaluates it, if it holds no references but only escaped text. */
export function declaredDocument(folder: string): JsonObject {
  const [put] = declaredResources(folder, "aws_api_gateway_rest_api_put");
  return JSON.parse(
    String(put?.body ?? "{}")
      .replaceAll("$${", "${")
      .replaceAll("%%{", "%{"),
  );
}

/** Which resource types name the objects of an inventory, and by which argument. */
const NAMED: Readonly<Record<string, readonly [type: string, argument: string]>> = {
  functions: ["aws_lambda_function", "function_name"],
  roles: ["aws_iam_role", "name"],
  tables: ["aws_dynamodb_table", "name"],
  queues: ["aws_sqs_queue", "name"],
  logGroups: ["aws_cloudwatch_log_group", "name"],
  apis: ["aws_api_gateway_rest_api", "name"],
  apiKeys: ["aws_api_gateway_api_key", "name"],
  usagePlans: ["aws_api_gateway_usage_plan", "name"],
};

/** What `inventory` finds when just this stack stands in an account; queues by name. */
export function declaredInventory(folder: string): Inventory {
  const entries = Object.entries(NAMED).map(([kind, [type, argument]]) => [
    kind,
    declaredResources(folder, type)
      .map((resource) => String(resource[argument]))
      .sort(),
  ]);
  return Object.fromEntries(entries);
}
