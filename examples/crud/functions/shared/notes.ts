import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

export const client = DynamoDBDocumentClient.from(new DynamoDBClient());
export const TableName = process.env.NOTES_TABLE ?? "";

export function keyOf({ pathParameters }: APIGatewayProxyEvent): { noteId: string } {
  // API Gateway passes path parameters as they were written.
  return { noteId: decodeURIComponent(pathParameters?.noteId ?? "") };
}

export function json(statusCode: number, body: unknown): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { "Content-Type": "application/json", "Access-Control-Allow-Origin": "https://notes.example.com" },
    body: JSON.stringify(body),
  };
}
