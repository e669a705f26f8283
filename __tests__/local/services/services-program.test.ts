import { callOperation } from "../../../local/services/aws-json";
import { startServices } from "../../../local/services/services";
import { loadServices } from "../../../local/services/services-program";
import { dynamodbAt } from "../../../local/services/tables";

const REGION = "eu-central-1";

const TABLE = {
  address: "aws_dynamodb_table.orders",
  name: "orders",
  hashKey: "orderId",
  attributes: [{ name: "orderId", type: "S" as const }],
  globalSecondaryIndexes: [],
  localSecondaryIndexes: [],
};

jest.setTimeout(60_000);

describe("a program that has begun to load services", () => {
  it.each([[["dynamodb"] as const], [["messaging"] as const], [[]]])(
    "serves the tables of a stack, with %j loaded early, in the region of the stack",
    async (early) => {
      const stack = { region: REGION, tables: [TABLE], queues: [] };

      const services = await startServices({ stack, loading: loadServices(early) });
      const { dynamodb = "" } = services.endpoints;
      const { Table } = await callOperation(dynamodbAt(dynamodb, REGION), "DescribeTable", { TableName: "orders" });
      await services.close();

      expect(Table).toMatchObject({ TableArn: "arn:aws:dynamodb:eu-central-1:000000000000:table/orders" });
    },
  );

  it("fails when it has ended before it was asked", async () => {
    const loading = loadServices([]);
    const { child } = await loading.start({ region: REGION, dynamodb: false, messaging: false });
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));

    const stack = { region: REGION, tables: [TABLE], queues: [] };
    await expect(startServices({ stack, loading })).rejects.toThrow("the services process ended");
  });
});
