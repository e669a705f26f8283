import type { APIGatewayProxyHandler } from "aws-lambda";

export const handler: APIGatewayProxyHandler = async ({ requestContext: { authorizer, identity } }) => ({
  statusCode: 200,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ you: authorizer?.principalId ?? authorizer?.claims?.sub ?? identity.userArn ?? "nobody" }),
});
