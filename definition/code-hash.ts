import { createHash } from "node:crypto";

/**
 * Base64 SHA-256 of a deployment zip: `source_code_hash` of Terraform, and Lambda's `CodeSha256`.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export function codeHash(zip: Uint8Array): string {
  return createHash("sha256").update(zip).digest("base64");
}
