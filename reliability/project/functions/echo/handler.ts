import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

/** Answers with what it got, so that large requests make large answers. */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => ({
  statusCode: 200,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ path: event.path, query: event.queryStringParameters, bytes: event.body?.length ?? 0 }),
});
