import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyHandler } from "aws-lambda";
import { client, json, keyOf, TableName } from "../shared/notes";

export const handler: APIGatewayProxyHandler = async (event) => {
  const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(event) }));
  return Item === undefined ? json(404, { message: "No such note" }) : json(200, Item);
};
