import { DynamodbTable, type DynamodbTableConfig } from "@cdktf/provider-aws/lib/dynamodb-table";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";

export interface OrdersStorageProps {
  /** First part of all names. */
  readonly prefix: string;
  /** True keeps tables from being deleted, by AWS and by Terraform. */
  readonly protect: boolean;
}

/** Where products and orders are kept, and where events of orders go. Names are literals: functions refer to them by name. */
export class OrdersStorage extends Construct {
  readonly productsTableName: string;
  readonly ordersTableName: string;
  readonly products: DynamodbTable;
  readonly orders: DynamodbTable;
  readonly events: SqsQueue;

  constructor(scope: Construct, id: string, { prefix, protect }: OrdersStorageProps) {
    super(scope, id);
    this.productsTableName = `${prefix}-products`;
    this.ordersTableName = `${prefix}-orders`;
    const safe: Partial<DynamodbTableConfig> = {
      billingMode: "PAY_PER_REQUEST",
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: protect,
      ...(protect ? { lifecycle: { preventDestroy: true } } : {}),
    };

    this.products = new DynamodbTable(this, "Products", {
      ...safe,
      name: this.productsTableName,
      hashKey: "productId",
      attribute: [{ name: "productId", type: "S" }],
    });
    this.orders = new DynamodbTable(this, "Orders", {
      ...safe,
      name: this.ordersTableName,
      hashKey: "orderId",
      attribute: [
        { name: "orderId", type: "S" },
        { name: "customerId", type: "S" },
        { name: "createdAt", type: "S" },
      ],
      globalSecondaryIndex: [
        { name: "by-customer", hashKey: "customerId", rangeKey: "createdAt", projectionType: "ALL" },
      ],
    });

    const deadLetters = new SqsQueue(this, "EventsDeadLetters", {
      name: `${prefix}-events-dlq`,
      messageRetentionSeconds: 14 * 24 * 3600,
      sqsManagedSseEnabled: true,
    });
    this.events = new SqsQueue(this, "Events", {
      name: `${prefix}-events`,
      sqsManagedSseEnabled: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 5 }),
    });
  }
}
