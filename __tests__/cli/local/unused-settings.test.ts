import { unusedSettings } from "../../../cli/local/unused-settings";
import type { StackDefinition } from "../../../definition/stack";
import type { LocalConfig } from "../../../local/config";

const NOTHING: LocalConfig = {
  origins: {},
  apiKeys: {},
  endpoints: {},
  functions: {},
  identities: {},
  request: {},
  userPools: {},
  seed: {},
};

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
  domains: [],
  firewalls: [],
};

describe("unusedSettings", () => {
  it.each<[title: string, config: Partial<LocalConfig>, line: string]>([
    ["a seed", { seed: { order: "x.json" } }, 'seed "order": there are orders'],
    ["a key", { apiKeys: { pr: "x" } }, 'apiKeys "pr": there are pro'],
    ["a function", { functions: { f: { environment: {} } } }, 'functions "f": there are no functions'],
    ["a user pool", { userPools: { users: {} } }, 'userPools "users": there are no user pools'],
    [
      "an origin",
      { origins: { "https://a.example": "http://b" } },
      'origins "https://a.example": no route leads there',
    ],
    [
      "a service",
      { endpoints: { dynamo: "http://b" } },
      'endpoints "dynamo": no route calls it, and it is none of dynamodb, sqs, sns, s3',
    ],
  ])("names %s that no stack has", (_title, config, line) => {
    expect(unusedSettings({ ...NOTHING, ...config }, [STACK])).toEqual([line]);
  });

  it("is silent about what some stack has", () => {
    const config = {
      ...NOTHING,
      seed: { orders: "x.json" },
      apiKeys: { pro: "x" },
      endpoints: { dynamodb: "http://b" },
    };

    expect(unusedSettings(config, [{ ...STACK, tables: [], apiKeys: [] }, STACK])).toEqual([]);
  });
});
