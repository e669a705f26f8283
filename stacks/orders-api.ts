import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { createOrderSchema, orderEventSchema } from "../contracts/order";
import type { Environment } from "../environments";
import {
  acknowledgeWarning,
  HeadgateStack,
  HttpIntegration,
  LambdaIntegration,
  LogGroupLogDestination,
  MockIntegration,
  Model,
  NodejsFunction,
  Period,
  RestApi,
  SqsIntegration,
  UsagePlan,
} from "../modules";
import { OrdersStorage } from "./orders-storage";

/** What a function may do: actions on one resource. */
type Grant = readonly [resource: string, ...actions: string[]];

/** The reference API: products, orders and exchange rates, under the stage `v1`. */
export class OrdersApiStack extends HeadgateStack {
  readonly storage: OrdersStorage;
  readonly api: RestApi;

  constructor(
    scope: Construct,
    private readonly prefix: string,
    private readonly environment: Environment,
  ) {
    super(scope, prefix, {
      region: environment.region,
      accountId: environment.account,
      assumeRoleArn: environment.deployRoleArn,
      stateBucket: environment.stateBucket,
      tags: environment.tags,
    });
    this.storage = new OrdersStorage(this, "Storage", { prefix, protect: environment.protect });
    this.api = new RestApi(this, "OrdersApi", {
      restApiName: prefix,
      description: "Products, orders and exchange rates",
      protect: environment.protect,
      defaultCorsPreflightOptions: { allowOrigins: environment.allowedOrigins },
      deployOptions: {
        stageName: "v1",
        variables: { ratesHost: environment.ratesHost },
        tracingEnabled: true,
        metricsEnabled: true,
        accessLogDestination: new LogGroupLogDestination({ retention: environment.logRetentionDays }),
        throttlingRateLimit: 200,
        throttlingBurstLimit: 100,
      },
    });
    acknowledgeWarning(this.api, "MODEL_ITEMS_UNCOUNTED", "create-order counts the items of an order itself");
    this.addProducts();
    this.addOrders();
    this.addOtherServices();
    this.addPlans();
  }

  private addProducts(): void {
    const table = this.storage.products.arn;
    const products = this.api.root.addResource("products");
    products.addMethod("GET", this.lambda("list-products", [table, "dynamodb:Scan"]), {
      requestParameters: {
        "method.request.querystring.category": false,
        "method.request.querystring.limit": false,
        "method.request.querystring.cursor": false,
      },
      cache: { ttlSeconds: 60 },
    });
    products.addResource("{productId}").addMethod("GET", this.lambda("get-product", [table, "dynamodb:GetItem"]), {
      cache: { ttlSeconds: 300 },
    });
  }

  private addOrders(): void {
    const { orders: table, products, events: queue } = this.storage;
    const orders = this.api.root.addResource("orders");
    const createOrder = this.lambda(
      "create-order",
      [products.arn, "dynamodb:BatchGetItem"],
      [table.arn, "dynamodb:GetItem", "dynamodb:PutItem"],
    );
    orders.addMethod("POST", createOrder, {
      apiKeyRequired: true,
      throttle: { rateLimit: 20, burstLimit: 10 },
      requestBody: Model.fromZod("CreateOrder", createOrderSchema),
      requestParameters: { "method.request.header.Idempotency-Key": false },
    });
    orders.addMethod("GET", this.lambda("list-orders", [`${table.arn}/index/by-customer`, "dynamodb:Query"]), {
      requestParameters: {
        "method.request.querystring.customerId": true,
        "method.request.querystring.limit": false,
        "method.request.querystring.cursor": false,
      },
    });

    const order = orders.addResource("{orderId}");
    order.addMethod("GET", this.lambda("get-order", [table.arn, "dynamodb:GetItem"]));
    order.addMethod("DELETE", this.lambda("cancel-order", [table.arn, "dynamodb:GetItem", "dynamodb:UpdateItem"]));
    const recordEvent = new SqsIntegration(queue, { messageAttributes: { orderId: "$input.params('orderId')" } });
    order.addResource("events").addMethod("POST", recordEvent, {
      requestBody: Model.fromZod("OrderEvent", orderEventSchema),
    });
  }

  private addOtherServices(): void {
    const health = new MockIntegration({
      integrationResponses: [{ statusCode: "200", responseTemplates: { "application/json": '{"status": "ok"}' } }],
    });
    this.api.root.addResource("health").addMethod("GET", health);
    const rates = new HttpIntegration("https://${stageVariables.ratesHost}/latest");
    this.api.root.addResource("exchange-rates").addMethod("GET", rates);
  }

  private addPlans(): void {
    const plans = UsagePlan.tiers(this.api, {
      free: { throttle: { rateLimit: 5, burstLimit: 10 }, quota: { limit: 1_000, period: Period.DAY } },
      pro: { throttle: { rateLimit: 100, burstLimit: 200 }, quota: { limit: 1_000_000, period: Period.MONTH } },
    });
    for (const [name, plan] of Object.entries(plans)) {
      const key = this.api.addApiKey(`${name}Key`, { apiKeyName: name });
      plan.addApiKey(key);
      new TerraformOutput(this, `${name}_key_id`, { value: key.keyId, description: `Id of the API key "${name}"` });
      new TerraformOutput(this, `${name}_key_value`, { value: key.keyValue, sensitive: true });
    }
    new TerraformOutput(this, "api_id", { value: this.api.restApiId });
    new TerraformOutput(this, "invoke_url", { value: this.api.url });
  }

  /** A function that may do what is granted, and nothing else. */
  private lambda(bundle: string, ...grants: readonly Grant[]): LambdaIntegration {
    const handler = new NodejsFunction(this, bundle, {
      bundle,
      functionName: `${this.prefix}-${bundle}`,
      environment: {
        PRODUCTS_TABLE: this.storage.productsTableName,
        ORDERS_TABLE: this.storage.ordersTableName,
        ALLOWED_ORIGINS: this.environment.allowedOrigins.join(","),
        POWERTOOLS_SERVICE_NAME: "orders",
        LOG_LEVEL: "INFO",
      },
      logRetention: this.environment.logRetentionDays,
    });
    for (const [resource, ...actions] of grants) handler.grant(resource, ...actions);
    return new LambdaIntegration(handler);
  }
}
