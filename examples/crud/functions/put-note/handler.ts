import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyHandler } from "aws-lambda";
import type { Note } from "../../contracts/note";
import { client, json, keyOf, TableName } from "../shared/notes";

export const handler: APIGatewayProxyHandler = async (event) => {
  // The gateway has validated the body against the model, if it is sent as JSON.
  const { title, text }: Note = JSON.parse(event.body ?? "{}");
  const Item = { ...keyOf(event), title, text };
  await client.send(new PutCommand({ TableName, Item }));
  return json(200, Item);
};
