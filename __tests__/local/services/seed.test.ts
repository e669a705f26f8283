import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TableDefinition } from "../../../definition/table";
import { callOperation, type JsonService } from "../../../local/services/aws-json";
import { seedTables, toAttributeValue } from "../../../local/services/seed";
import { type Services, startServices } from "../../../local/services/services";
import { dynamodbAt } from "../../../local/services/tables";

const folder = mkdtempSync(join(tmpdir(), "seed-test-"));
let services: Services;
let dynamodb: JsonService;

beforeAll(async () => {
  const names = ["full", "empty", "large", "strict"];
  services = await startServices({ stack: { region: "eu-central-1", tables: names.map(table), queues: [] } });
  dynamodb = dynamodbAt(services.endpoints.dynamodb ?? "", "eu-central-1");
});

afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true });
});

function table(name: string): TableDefinition {
  return {
    address: `aws_dynamodb_table.${name}`,
    name,
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    globalSecondaryIndexes: [],
    localSecondaryIndexes: [],
  };
}

async function count(name: string): Promise<unknown> {
  return (await callOperation(dynamodb, "Scan", { TableName: name })).Count;
}

describe("seedTables", () => {
  it("fills an empty table and leaves one alone that is not", async () => {
    writeFileSync(join(folder, "items.json"), JSON.stringify([{ id: "a", price: 2.5, tags: ["x"] }, { id: "b" }]));
    await callOperation(dynamodb, "PutItem", { TableName: "full", Item: { id: { S: "mine" } } });

    await seedTables(dynamodb, { empty: "items.json", full: "items.json" }, folder);

    const item = await callOperation(dynamodb, "GetItem", { TableName: "empty", Key: { id: { S: "a" } } });
    expect(item.Item).toEqual({ id: { S: "a" }, price: { N: "2.5" }, tags: { L: [{ S: "x" }] } });
    expect([await count("empty"), await count("full")]).toEqual([2, 1]);
  });

  it("writes more items than fit into one batch", async () => {
    writeFileSync(join(folder, "large.json"), JSON.stringify(Array.from({ length: 60 }, (_, n) => ({ id: `${n}` }))));

    await seedTables(dynamodb, { large: "large.json" }, folder);

    expect(await count("large")).toBe(60);
  });

  it.each([
    ["the file is missing", "missing.json", undefined, "SEED_FILE_INVALID", "is not there"],
    ["the file is not JSON", "text.json", "[{", "SEED_FILE_INVALID", "is not JSON"],
    ["the file holds no array", "object.json", "{}", "SEED_FILE_INVALID", "must hold an array"],
    ["an item is no object", "number.json", "[1]", "SEED_FILE_INVALID", "item 0 is no object: 1"],
    ["an item lacks the key", "keyless.json", '[{"name":"x"}]', "SEED_ITEM_REFUSED", 'table "strict" refused'],
  ])("fails when %s", async (_title, file, text, code, problem) => {
    if (text !== undefined) writeFileSync(join(folder, file), text);

    const seeding = seedTables(dynamodb, { strict: file }, folder);

    await expect(seeding).rejects.toMatchObject({ code, place: file, problem: expect.stringContaining(problem) });
  });

  it("fails when the stack has no such table", async () => {
    writeFileSync(join(folder, "none.json"), "[]");

    const seeding = seedTables(dynamodb, { "no-such-table": "none.json" }, folder);

    await expect(seeding).rejects.toMatchObject({ code: "SEED_TABLE_UNKNOWN" });
  });
});

describe("toAttributeValue", () => {
  it("writes every kind of JSON value as DynamoDB does", () => {
    const value = toAttributeValue({ s: "x", n: 1, b: true, z: null, l: [1], m: { k: "v" } });

    expect(value).toEqual({
      M: {
        s: { S: "x" },
        n: { N: "1" },
        b: { BOOL: true },
        z: { NULL: true },
        l: { L: [{ N: "1" }] },
        m: { M: { k: { S: "v" } } },
      },
    });
  });
});
