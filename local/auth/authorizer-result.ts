import { isRecord } from "../../definition/json-access";
import { type Policy, parsePolicy } from "./policy";

/** What a Lambda authorizer has decided. */
export interface AuthorizerResult {
  readonly principalId: string;
  readonly policy: Policy;
  /** Flat; everything is text, as it reaches templates and functions. */
  readonly context: Readonly<Record<string, string>>;
  readonly usageIdentifierKey?: string;
}

/**
 * Reads the answer of a Lambda authorizer.
 *
 * @throws Error that says what is wrong with it
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function readAuthorizerResult(payload: Buffer): AuthorizerResult {
  const result: unknown = JSON.parse(payload.toString());
  if (!isRecord(result)) throw new Error("the authorizer returned no object");
  const { principalId, policyDocument, context = {}, usageIdentifierKey } = result;
  if (typeof principalId !== "string" && typeof principalId !== "number") {
    throw new Error("the authorizer returned no principalId");
  }
  if (!isRecord(policyDocument)) throw new Error("the authorizer returned no policyDocument");
  if (context !== null && !isRecord(context)) throw new Error("the authorizer's context is no object");
  return {
    principalId: String(principalId),
    policy: parsePolicy(policyDocument),
    context: flatContext(context ?? {}),
    ...(typeof usageIdentifierKey === "string" && { usageIdentifierKey }),
  };
}

function flatContext(context: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(context).filter(([, value]) => value !== null && value !== undefined);
  const nested = entries.find(([, value]) => typeof value === "object");
  if (nested) throw new Error(`the authorizer's context has an object or a list below "${nested[0]}"`);
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
