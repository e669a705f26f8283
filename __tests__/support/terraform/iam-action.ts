import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Call } from "../twin/call-log";
import { REST_OPERATIONS } from "../twin/rest-operations";

const POLICIES = resolve(__dirname, "../../../pipelines/policies");
const S3_ACTIONS: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "GetObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

/**
 * The IAM action that a call needs. Undefined: nobody needs to be allowed it.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function iamActionOf({ service, operation }: Call): string | undefined {
  if (service === "sts") return undefined;
  if (service === "s3") return s3Action(operation);
  if (service !== "apigateway") return `${service}:${operation}`;
  // API Gateway's actions are HTTP verbs.
  const known = REST_OPERATIONS.apigateway?.find((row) => row.operation === operation);
  return `apigateway:${known?.method ?? operation}`;
}

/** Operations of S3 are verb and path: `/bucket` or `/bucket/key`. */
function s3Action(operation: string): string {
  const [method = "", path = ""] = operation.split(" ");
  const isObject = path.split("/").filter((part) => part !== "").length > 1;
  return isObject ? `s3:${S3_ACTIONS[method] ?? method}` : "s3:ListBucket";
}

/** All actions that a policy of `pipelines/policies` allows on something. */
export function actionsAllowedBy(policy: string): readonly string[] {
  const { Statement: statements } = JSON.parse(readFileSync(resolve(POLICIES, `${policy}.json`), "utf8"));
  return statements.flatMap(({ Action }: { readonly Action: readonly string[] }) => Action);
}
