import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

/** The same file runs behind every server: what is measured is the way to it and back. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const body = JSON.stringify({ id: event.pathParameters?.orderId, status: "shipped" });
  return { statusCode: 200, headers: { "Content-Type": "application/json" }, body };
}
