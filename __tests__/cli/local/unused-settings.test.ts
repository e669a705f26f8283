import { unusedSettings } from "../../../cli/local/unused-settings";
import type { StackDefinition } from "../../../definition/stack";
import type { LocalConfig } from "../../../local/config";

const NOTHING: LocalConfig = { origins: {}, apiKeys: {}, endpoints: {}, functions: {}, seed: {} };

const STACK: StackDefinition = {
  name: "orders",
  region: "eu-west-1",
  apis: [],
  usagePlans: [],
  apiKeys: [{ name: "pro", enabled: true }],
  functions: [],
  tables: [
    {
      address: "aws_dynamodb_table.orders",
      name: "orders",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      globalSecondaryIndexes: [],
      localSecondaryIndexes: [],
    },
  ],
  queues: [],
};

describe("unusedSettings", () => {
  it.each<[title: string, config: Partial<LocalConfig>, line: string]>([
    ["a seed", { seed: { order: "x.json" } }, 'seed "order": the stack has orders'],
    ["a key", { apiKeys: { pr: "x" } }, 'apiKeys "pr": the stack has pro'],
    ["a function", { functions: { f: { environment: {} } } }, 'functions "f": the stack has no functions'],
    [
      "an origin",
      { origins: { "https://a.example": "http://b" } },
      'origins "https://a.example": no route of the stack leads there',
    ],
    [
      "a service",
      { endpoints: { dynamo: "http://b" } },
      'endpoints "dynamo": no route of the stack calls it, and it is none of dynamodb, sqs, sns, s3',
    ],
  ])("names %s that the stack does not have", (_title, config, line) => {
    expect(unusedSettings({ ...NOTHING, ...config }, STACK)).toEqual([line]);
  });

  it("is silent about what the stack has", () => {
    const config = {
      ...NOTHING,
      seed: { orders: "x.json" },
      apiKeys: { pro: "x" },
      endpoints: { dynamodb: "http://b" },
    };

    expect(unusedSettings(config, STACK)).toEqual([]);
  });
});
