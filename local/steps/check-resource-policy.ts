import { accessDenied, voteOfApi } from "../auth/access";
import type { Step } from "../exchange";

/**
 * Refuses callers whom the API's own policy denies. Where nothing else decides, the policy must allow; signed requests and
 * those with a token are weighed when it is known who calls.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export const checkResourcePolicy: Step = {
  name: "check resource policy",
  request(exchange) {
    const { authorizationType } = exchange.method;
    const isAnonymous = authorizationType === "NONE";
    if (!exchange.stage.callers.policy || !(isAnonymous || authorizationType === "CUSTOM")) return undefined;
    const vote = voteOfApi(exchange);
    if (vote === "Deny" || (isAnonymous && vote === "None")) throw accessDenied(exchange, vote);
    return undefined;
  },
};
