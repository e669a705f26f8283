import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { callOperation, type JsonService, ServiceError } from "./aws-json";
import { putItems } from "./put-items";

/** A value in DynamoDB's own JSON. */
type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Readonly<Record<string, AttributeValue>> };

/**
 * Fills tables that are empty.
 *
 * @param seed table name → file with a JSON array of plain items, relative to the project root
 * @param isAgain true writes the items over those that are there
 * @throws ConfigurationError SEED_FILE_INVALID, SEED_TABLE_UNKNOWN, SEED_ITEM_REFUSED
 */
export async function seedTables(
  dynamodb: JsonService,
  seed: Readonly<Record<string, string>>,
  projectRoot: string,
  isAgain = false,
): Promise<void> {
  for (const [table, file] of Object.entries(seed)) {
    const items = await readItems(resolve(projectRoot, file), file);
    if (isAgain || (await isEmpty(dynamodb, table, file))) await fill(dynamodb, table, items, file);
  }
}

async function readItems(path: string, file: string): Promise<AttributeValue[]> {
  const fix = 'write a JSON array of plain items, as in [{ "productId": "p-1" }]';
  const invalid = (problem: string, cause?: unknown) =>
    new ConfigurationError("SEED_FILE_INVALID", file, problem, fix, { cause });
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw invalid(`the seed file is not there: ${path}`, cause);
  });
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch (cause) {
    throw invalid(`the seed file is not JSON: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
  if (!Array.isArray(items)) throw invalid("the seed file must hold an array");
  return items.map((item, index) => {
    const value = toAttributeValue(item);
    if (!("M" in value)) throw invalid(`item ${index} is no object: ${JSON.stringify(item)}`);
    return value;
  });
}

async function isEmpty(dynamodb: JsonService, table: string, file: string): Promise<boolean> {
  try {
    const { Count } = await callOperation(dynamodb, "Scan", { TableName: table, Limit: 1, Select: "COUNT" });
    return Count === 0;
  } catch (cause) {
    if (!(cause instanceof ServiceError) || cause.type !== "ResourceNotFoundException") throw cause;
    const problem = `"seed" names the table "${table}", which DynamoDB does not have`;
    throw new ConfigurationError("SEED_TABLE_UNKNOWN", file, problem, 'create the table where "endpoints" points to', {
      cause,
    });
  }
}

async function fill(dynamodb: JsonService, table: string, items: readonly AttributeValue[], file: string) {
  await putItems(dynamodb, table, items.map(fieldsOf)).catch((cause: unknown) => {
    const problem = `table "${table}" refused the items: ${cause instanceof Error ? cause.message : cause}`;
    const fix = "give every item the keys of its table, once";
    throw new ConfigurationError("SEED_ITEM_REFUSED", file, problem, fix, { cause });
  });
}

function fieldsOf(item: AttributeValue): object {
  return "M" in item ? item.M : {};
}

/** Plain JSON as DynamoDB's JSON. */
export function toAttributeValue(value: unknown): AttributeValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(toAttributeValue) };
  if (typeof value !== "object" || value === null) return { NULL: true };
  return { M: Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toAttributeValue(field)])) };
}
