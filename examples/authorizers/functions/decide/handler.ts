import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayTokenAuthorizerEvent,
} from "aws-lambda";

type Event = APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEvent;

/** A decision is cached for every route of the stage, so the policy speaks of all of them. */
export async function handler(event: Event): Promise<APIGatewayAuthorizerResult> {
  const token = event.type === "TOKEN" ? event.authorizationToken : (event.headers?.Authorization ?? "");
  const [stageArn = event.methodArn] = event.methodArn.match(/^(?:[^/]+)\/[^/]+/) ?? [];
  return {
    principalId: token === "" ? "nobody" : token,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: token.startsWith("let-") ? "Allow" : "Deny",
          Action: "execute-api:Invoke",
          Resource: `${stageArn}/*/*`,
        },
      ],
    },
  };
}
