import type { Method } from "../rest-api/method";
import { jsonLiteral, jsonObject, jsonText } from "./mapping-text";
import type { ServiceIntegrationOptions } from "./service-call";

/**
 * Value of an attribute: a string, or a string or number by its type. Texts that begin with `$` are VTL expressions, as in
 * `$input.params('orderId')` or `{ N: "$input.path('$.amount')" }`.
 */
export type DynamoDbValue = string | { readonly S: string } | { readonly N: string };

/** Name of an attribute → value. */
export type DynamoDbAttributes = Readonly<Record<string, DynamoDbValue>>;

/** What all actions have. */
export interface DynamoDbActionOptions extends ServiceIntegrationOptions {
  /**
   * `#name` → attribute, for names that are reserved words.
   * @default - none
   */
  readonly expressionAttributeNames?: Readonly<Record<string, string>>;
  /** @default "200" */
  readonly successStatusCode?: string;
}

/** What `getItem` reads. */
export interface DynamoDbGetItemOptions extends DynamoDbActionOptions {
  /** The whole primary key. */
  readonly key: DynamoDbAttributes;
  /** @default false */
  readonly consistentRead?: boolean;
  /** @default - all attributes */
  readonly projectionExpression?: string;
}

/** What makes a write conditional. */
export interface DynamoDbConditionOptions extends DynamoDbActionOptions {
  /**
   * As in `attribute_not_exists(orderId)`. The route answers 409 when it does not hold.
   * @default - writes in any case
   */
  readonly conditionExpression?: string;
  /**
   * `:name` → value in the expressions.
   * @default - none
   */
  readonly expressionAttributeValues?: DynamoDbAttributes;
}

/** What `putItem` writes. */
export interface DynamoDbPutItemOptions extends DynamoDbConditionOptions {
  /** The whole item. */
  readonly item: DynamoDbAttributes;
}

/** What `deleteItem` deletes. */
export interface DynamoDbDeleteItemOptions extends DynamoDbConditionOptions {
  /** The whole primary key. */
  readonly key: DynamoDbAttributes;
}

/** What `updateItem` changes. */
export interface DynamoDbUpdateItemOptions extends DynamoDbConditionOptions {
  /** The whole primary key. */
  readonly key: DynamoDbAttributes;
  /** As in `SET #state = :state, changes = changes + :one`. */
  readonly updateExpression: string;
}

/** What `scan` reads. */
export interface DynamoDbScanOptions extends DynamoDbActionOptions {
  /**
   * Global or local secondary index.
   * @default - the table
   */
  readonly indexName?: string;
  /** @default - all items */
  readonly filterExpression?: string;
  /**
   * `:name` → value in the expressions.
   * @default - none
   */
  readonly expressionAttributeValues?: DynamoDbAttributes;
  /** @default - all attributes */
  readonly projectionExpression?: string;
  /**
   * Items read for a page, before the filter.
   * @default 100
   */
  readonly limit?: number;
  /** @default false */
  readonly consistentRead?: boolean;
  /**
   * Where the page begins, as in `query`.
   * @default - only the first page can be read
   */
  readonly exclusiveStartKey?: DynamoDbAttributes;
}

/** What `query` reads. */
export interface DynamoDbQueryOptions extends DynamoDbActionOptions {
  /**
   * Global or local secondary index.
   * @default - the table
   */
  readonly indexName?: string;
  /** As in `customerId = :customerId`. */
  readonly keyConditionExpression: string;
  /** `:name` → value in the expressions. */
  readonly expressionAttributeValues: DynamoDbAttributes;
  /** @default - all items of the key condition */
  readonly filterExpression?: string;
  /** @default - all attributes */
  readonly projectionExpression?: string;
  /**
   * Items read for a page, before the filter.
   * @default 100
   */
  readonly limit?: number;
  /**
   * False reads from the end.
   * @default true
   */
  readonly scanIndexForward?: boolean;
  /** @default false */
  readonly consistentRead?: boolean;
  /**
   * Where the page begins: every attribute of `lastEvaluatedKey`, as in `{ orderId: "$input.params('after')" }`. The first
   * page is read while the first of them is empty.
   * @default - only the first page can be read
   */
  readonly exclusiveStartKey?: DynamoDbAttributes;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export function getItemTemplate(method: Method, tableName: string, options: DynamoDbGetItemOptions): string {
  return jsonObject({
    ...common(tableName, options),
    Key: attributes(method, options.key),
    ConsistentRead: optional(options.consistentRead),
    ProjectionExpression: expression(options.projectionExpression),
  });
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export function putItemTemplate(method: Method, tableName: string, options: DynamoDbPutItemOptions): string {
  return jsonObject({
    ...common(tableName, options),
    Item: attributes(method, options.item),
    ...condition(method, options),
  });
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export function deleteItemTemplate(method: Method, tableName: string, options: DynamoDbDeleteItemOptions): string {
  return jsonObject({
    ...common(tableName, options),
    Key: attributes(method, options.key),
    ...condition(method, options),
  });
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export function updateItemTemplate(method: Method, tableName: string, options: DynamoDbUpdateItemOptions): string {
  return jsonObject({
    ...common(tableName, options),
    Key: attributes(method, options.key),
    UpdateExpression: expression(options.updateExpression),
    ...condition(method, options),
    ReturnValues: jsonLiteral("ALL_NEW"),
  });
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
export function scanTemplate(method: Method, tableName: string, options: DynamoDbScanOptions): string {
  const request = jsonObject({
    ...common(tableName, options),
    IndexName: expression(options.indexName),
    FilterExpression: expression(options.filterExpression),
    ProjectionExpression: expression(options.projectionExpression),
    ExpressionAttributeValues:
      options.expressionAttributeValues && attributes(method, options.expressionAttributeValues),
    Limit: String(options.limit ?? 100),
    ConsistentRead: optional(options.consistentRead),
  });
  return `${request.slice(0, -1)}${startKey(method, options.exclusiveStartKey)}}`;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export function queryTemplate(method: Method, tableName: string, options: DynamoDbQueryOptions): string {
  const request = jsonObject({
    ...common(tableName, options),
    IndexName: expression(options.indexName),
    KeyConditionExpression: expression(options.keyConditionExpression),
    FilterExpression: expression(options.filterExpression),
    ProjectionExpression: expression(options.projectionExpression),
    ExpressionAttributeValues: attributes(method, options.expressionAttributeValues),
    Limit: String(options.limit ?? 100),
    ScanIndexForward: optional(options.scanIndexForward),
    ConsistentRead: optional(options.consistentRead),
  });
  return `${request.slice(0, -1)}${startKey(method, options.exclusiveStartKey)}}`;
}

function startKey(method: Method, key: DynamoDbAttributes | undefined): string {
  const [first] = Object.values(key ?? {});
  if (key === undefined || first === undefined) return "";
  return `#set($after = ${rawText(first)})#if("$!after" != ""), "ExclusiveStartKey": ${attributes(method, key)}#end`;
}

function common(tableName: string, { expressionAttributeNames }: DynamoDbActionOptions) {
  const names = Object.entries(expressionAttributeNames ?? {}).map(([name, value]) => [name, jsonLiteral(value)]);
  return {
    TableName: `"${tableName}"`,
    ExpressionAttributeNames: names.length === 0 ? undefined : jsonObject(Object.fromEntries(names)),
  };
}

function condition(method: Method, options: DynamoDbConditionOptions) {
  return {
    ConditionExpression: expression(options.conditionExpression),
    ExpressionAttributeValues:
      options.expressionAttributeValues && attributes(method, options.expressionAttributeValues),
  };
}

function attributes(method: Method, values: DynamoDbAttributes): string {
  const members = Object.entries(values).map(([name, value]) => [name, attribute(method, value)]);
  return jsonObject(Object.fromEntries(members));
}

/** DynamoDB's JSON writes numbers as strings, too. */
function attribute(method: Method, value: DynamoDbValue): string {
  const type = typeof value !== "string" && "N" in value ? "N" : "S";
  return `{"${type}": ${jsonText(method, rawText(value))}}`;
}

function rawText(value: DynamoDbValue): string {
  if (typeof value === "string") return value;
  return "N" in value ? value.N : value.S;
}

function expression(value: string | undefined): string | undefined {
  return value === undefined ? undefined : jsonLiteral(value);
}

function optional(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
