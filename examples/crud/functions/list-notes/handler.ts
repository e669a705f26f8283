import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyHandler } from "aws-lambda";
import { client, json, TableName } from "../shared/notes";

export const handler: APIGatewayProxyHandler = async () => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName, Limit: 100 }));
  return json(200, { notes: Items });
};
