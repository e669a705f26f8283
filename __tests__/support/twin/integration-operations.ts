import { notFound } from "./http";
import { isObject } from "./json-values";
import type { Operation } from "./operation";

/** Where an integration or its response is not there, moto fails, or answers with nothing. */
const forwardOrMissing: Operation = async (context) => {
  const answer = await context.forward();
  const isMissing = answer.status >= 500 || (context.request.method === "GET" && isBlank(answer.body));
  if (!isMissing) return answer;
  throw notFound("Invalid Integration identifier specified");
};

function isBlank(body: Buffer): boolean {
  const value = body.length === 0 ? null : JSON.parse(body.toString());
  return !isObject(value) || Object.keys(value).length === 0;
}

/** API Gateway's operations on integrations. */
export const INTEGRATION_OPERATIONS: Readonly<Record<string, Operation>> = {
  GetIntegration: forwardOrMissing,
  GetIntegrationResponse: forwardOrMissing,
  DeleteIntegration: forwardOrMissing,
  DeleteIntegrationResponse: forwardOrMissing,
};
