import { checkQuery } from "../checks/integration-checks";
import { environmentOf } from "../environment";
import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import {
  type DynamoDbActionOptions,
  type DynamoDbDeleteItemOptions,
  type DynamoDbGetItemOptions,
  type DynamoDbPutItemOptions,
  type DynamoDbQueryOptions,
  type DynamoDbScanOptions,
  type DynamoDbUpdateItemOptions,
  deleteItemTemplate,
  getItemTemplate,
  putItemTemplate,
  queryTemplate,
  scanTemplate,
  updateItemTemplate,
} from "./dynamo-db-request";
import { Integration, type IntegrationConfig } from "./integration";
import { callService } from "./service-call";
import { answerInstead, type ErrorRow, serviceResponses } from "./service-responses";
import { type ResolvedServiceTarget, resolveServiceTarget, type ServiceTarget } from "./service-target";

export type * from "./dynamo-db-request";

/** A plain cdktf `DynamodbTable`, or `{ arn }` with a literal ARN. */
export type TableTarget = ServiceTarget;

const CONFLICTS: readonly ErrorRow[] = [
  { types: ["ConditionalCheckFailed", "TransactionConflict"], statusCode: 409, message: "Conflict" },
];

/** `{ "Item": … }`, or nothing when there is no such item. */
const ITEM =
  "#set($item = $input.path('$.Item'))" +
  `#if("$!item" == "")${answerInstead(404, "Not Found")}#{else}$input.json('$.Item')#end`;

const CHANGED = "$input.json('$.Attributes')";

const ITEMS =
  "#set($last = $input.path('$.LastEvaluatedKey'))" +
  `{"items": $input.json('$.Items')#if("$!last" != ""), "lastEvaluatedKey": $input.json('$.LastEvaluatedKey')#end}`;

/** What one action needs to be called. */
interface Action {
  readonly name: "GetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "Query" | "Scan";
  readonly template: (method: Method, tableName: string) => string;
  readonly answer: string;
  /** Index that is read instead of the table. */
  readonly indexName?: string;
  readonly options: DynamoDbActionOptions;
}

/**
 * Reads or writes items of a table, without a function between. The API gets a role that may do what its routes do with
 * this table, and nothing else. Items are answered in DynamoDB's JSON, as in `{"orderId": {"S": "1"}}`: a template of your
 * own in `integrationResponses` makes plain JSON of it. Throttling answers 429, a condition that does not hold 409, other
 * refusals 400, failures 502.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export class DynamoDbIntegration extends Integration {
  private constructor(
    private readonly table: TableTarget,
    private readonly action: Action,
  ) {
    super({ type: "AWS" });
  }

  /** One item by its key; 404 when there is none. */
  static getItem(table: TableTarget, options: DynamoDbGetItemOptions): DynamoDbIntegration {
    return new DynamoDbIntegration(table, {
      name: "GetItem",
      template: (method, tableName) => getItemTemplate(method, tableName, options),
      answer: ITEM,
      options,
    });
  }

  /** Writes one item, in place of one with the same key; answers `{}`. */
  static putItem(table: TableTarget, options: DynamoDbPutItemOptions): DynamoDbIntegration {
    return new DynamoDbIntegration(table, {
      name: "PutItem",
      template: (method, tableName) => putItemTemplate(method, tableName, options),
      answer: "{}",
      options,
    });
  }

  /** Changes one item by its key, or writes it when there is none; answers all its attributes. */
  static updateItem(table: TableTarget, options: DynamoDbUpdateItemOptions): DynamoDbIntegration {
    return new DynamoDbIntegration(table, {
      name: "UpdateItem",
      template: (method, tableName) => updateItemTemplate(method, tableName, options),
      answer: CHANGED,
      options,
    });
  }

  /** Deletes one item by its key; answers `{}`, also when there was none. */
  static deleteItem(table: TableTarget, options: DynamoDbDeleteItemOptions): DynamoDbIntegration {
    return new DynamoDbIntegration(table, {
      name: "DeleteItem",
      template: (method, tableName) => deleteItemTemplate(method, tableName, options),
      answer: "{}",
      options,
    });
  }

  /** A page of items of one partition, from the table or an index: `{"items": […], "lastEvaluatedKey": {…}}`. */
  static query(table: TableTarget, options: DynamoDbQueryOptions): DynamoDbIntegration {
    return new DynamoDbIntegration(table, {
      name: "Query",
      template: (method, tableName) => {
        checkQuery(method, options);
        return queryTemplate(method, tableName, options);
      },
      answer: ITEMS,
      ...(options.indexName === undefined ? {} : { indexName: options.indexName }),
      options,
    });
  }

  /**
   * A page of items in no order, from the table or an index: `{"items": […], "lastEvaluatedKey": {…}}`. Reads, and bills, all
   * of them page by page: prefer `query`.
   */
  static scan(table: TableTarget, options: DynamoDbScanOptions = {}): DynamoDbIntegration {
    return new DynamoDbIntegration(table, {
      name: "Scan",
      template: (method, tableName) => {
        checkQuery(method, options);
        return scanTemplate(method, tableName, options);
      },
      answer: ITEMS,
      ...(options.indexName === undefined ? {} : { indexName: options.indexName }),
      options,
    });
  }

  override bind(method: Method): IntegrationConfig {
    const target = resolveServiceTarget(method, this.table, RESOURCE_KINDS.table);
    const { name, template, answer, indexName, options } = this.action;
    return callService(method, {
      kind: RESOURCE_KINDS.table,
      target,
      actions: [`dynamodb:${name}`],
      resources: [indexName === undefined ? target.arn : `${target.arn}/index/${indexName}`],
      request: { service: "dynamodb", action: name },
      template: template(method, tableReference(method, target)),
      responses: serviceResponses({ statusCode: options.successStatusCode ?? "200", template: answer }, CONFLICTS),
      options,
    });
  }
}

/** Tables of other accounts are named by their ARN. */
function tableReference(method: Method, { name, arn, account }: ResolvedServiceTarget): string {
  return account === environmentOf(method).accountId ? name : arn;
}
