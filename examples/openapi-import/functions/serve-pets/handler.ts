import type { APIGatewayProxyHandler } from "aws-lambda";

const pets = [{ name: "Tom", kind: "cat" }];

export const handler: APIGatewayProxyHandler = async ({ httpMethod, body, queryStringParameters }) => {
  const kind = queryStringParameters?.kind;
  const answer =
    httpMethod === "POST" ? JSON.parse(body ?? "{}") : pets.filter((pet) => (kind ?? pet.kind) === pet.kind);
  return {
    statusCode: httpMethod === "POST" ? 201 : 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(answer),
  };
};
