import type { APIGatewayProxyHandler } from "aws-lambda";

export const handler: APIGatewayProxyHandler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({ message: `Hello, ${event.pathParameters?.name}!` }),
});
