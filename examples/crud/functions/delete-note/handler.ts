import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyHandler } from "aws-lambda";
import { client, json, keyOf, TableName } from "../shared/notes";

export const handler: APIGatewayProxyHandler = async (event) => {
  await client.send(new DeleteCommand({ TableName, Key: keyOf(event) }));
  return json(200, {});
};
