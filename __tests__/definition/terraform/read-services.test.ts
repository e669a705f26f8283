import { readResources } from "./roots";

describe("functions, tables and queues of a Terraform root", () => {
  it("reads functions with their defaults and the aliases that point at them, by name or ARN", async () => {
    const { functions } = await readResources({
      aws_lambda_function: {
        a: {
          function_name: "orders-dev-a",
          handler: "handler.handler",
          runtime: "nodejs22.x",
          filename: "${path.module}/assets/a.zip",
          source_code_hash: "hash",
          memory_size: 512,
          timeout: "10",
          reserved_concurrent_executions: -1,
          environment: { variables: { TABLE: "${aws_dynamodb_table.t.name}", PORT: 80 } },
        },
        b: {
          function_name: "orders-dev-b",
          reserved_concurrent_executions: 0,
          layers: [
            "${aws_lambda_layer_version.tools.arn}",
            "arn:aws:lambda:eu-central-1:123456789012:layer:elsewhere:3",
          ],
          logging_config: { log_format: "JSON", application_log_level: "WARN", system_log_level: "INFO" },
        },
      },
      aws_lambda_alias: {
        live: { name: "live", function_name: "${aws_lambda_function.a.function_name}" },
        next: { name: "next", function_name: "${aws_lambda_function.a.arn}" },
      },
      aws_dynamodb_table: { t: { name: "t", hash_key: "id", attribute: { name: "id", type: "S" } } },
      aws_lambda_layer_version: { tools: { layer_name: "tools", filename: "./assets/tools.zip" } },
    });

    expect(functions).toEqual([
      {
        address: "aws_lambda_function.a",
        name: "orders-dev-a",
        handler: "handler.handler",
        runtime: "nodejs22.x",
        packageFile: "./assets/a.zip",
        sourceCodeHash: "hash",
        memorySizeMb: 512,
        timeoutSeconds: 10,
        environment: { TABLE: "t", PORT: "80" },
        aliases: ["live", "next"],
      },
      {
        address: "aws_lambda_function.b",
        name: "orders-dev-b",
        memorySizeMb: 128,
        timeoutSeconds: 3,
        environment: {},
        reservedConcurrency: 0,
        aliases: [],
        layers: [
          { name: "tools", packageFile: "./assets/tools.zip" },
          { name: "arn:aws:lambda:eu-central-1:123456789012:layer:elsewhere:3" },
        ],
        jsonLog: { applicationLogLevel: "WARN", systemLogLevel: "INFO" },
      },
    ]);
  });

  it("reads tables with their indexes", async () => {
    const { tables } = await readResources({
      aws_dynamodb_table: {
        orders: {
          name: "orders",
          hash_key: "id",
          range_key: "at",
          attribute: [
            { name: "id", type: "S" },
            { name: "at", type: "N" },
          ],
          global_secondary_index: [
            { name: "g", hash_key: "at", projection_type: "INCLUDE", non_key_attributes: ["x"] },
          ],
          local_secondary_index: { name: "l", range_key: "at", projection_type: "KEYS_ONLY" },
        },
      },
    });

    expect(tables).toEqual([
      {
        address: "aws_dynamodb_table.orders",
        name: "orders",
        hashKey: "id",
        rangeKey: "at",
        attributes: [
          { name: "id", type: "S" },
          { name: "at", type: "N" },
        ],
        globalSecondaryIndexes: [{ name: "g", hashKey: "at", projectionType: "INCLUDE", nonKeyAttributes: ["x"] }],
        localSecondaryIndexes: [{ name: "l", rangeKey: "at", projectionType: "KEYS_ONLY", nonKeyAttributes: [] }],
      },
    ]);
  });

  it("reads queues with their dead-letter queues, wherever the redrive policy stands", async () => {
    const redrive = '{"deadLetterTargetArn":"${aws_sqs_queue.dead.arn}","maxReceiveCount":5}';
    const { queues } = await readResources({
      aws_sqs_queue: {
        events: { name: "events.fifo", fifo_queue: true, content_based_deduplication: true, redrive_policy: redrive },
        slow: { name: "slow", visibility_timeout_seconds: 60, delay_seconds: 5 },
        dead: { name: "dead" },
      },
      aws_sqs_queue_redrive_policy: { slow: { queue_url: "${aws_sqs_queue.slow.url}", redrive_policy: redrive } },
    });

    const target = { deadLetterQueueName: "dead", maxReceiveCount: 5 };
    const plain = { fifo: false, contentBasedDeduplication: false, visibilityTimeoutSeconds: 30, delaySeconds: 0 };
    expect(queues).toEqual([
      {
        ...plain,
        address: "aws_sqs_queue.events",
        name: "events.fifo",
        fifo: true,
        contentBasedDeduplication: true,
        redrive: target,
      },
      {
        ...plain,
        address: "aws_sqs_queue.slow",
        name: "slow",
        visibilityTimeoutSeconds: 60,
        delaySeconds: 5,
        redrive: target,
      },
      { ...plain, address: "aws_sqs_queue.dead", name: "dead" },
    ]);
  });

  it("reads resources that count or for_each multiply or switch off, where their number is known", async () => {
    const stack = await readResources({
      aws_sqs_queue: {
        one: { name: "one", count: 1 },
        none: { name: "none", count: 0 },
        many: { name: "${each.key}-${each.value}", for_each: { b: 1, a: 2 } },
        unclear: { name: "unclear", count: "${var.absent}" },
      },
    });

    expect(stack.queues.map(({ address, name }) => [address, name])).toEqual([
      ["aws_sqs_queue.one[0]", "one"],
      ['aws_sqs_queue.many["a"]', "a-2"],
      ['aws_sqs_queue.many["b"]', "b-1"],
    ]);
    expect(stack.unread).toEqual([{ address: "aws_sqs_queue.unclear", attribute: "count" }]);
  });
});
