import type { APIGatewayProxyHandler } from "aws-lambda";

export const handler: APIGatewayProxyHandler = async (event) => ({
  statusCode: 200,
  // API Gateway passes path parameters as they were written.
  body: JSON.stringify({ message: `Hello, ${decodeURIComponent(event.pathParameters?.name ?? "")}!` }),
});
