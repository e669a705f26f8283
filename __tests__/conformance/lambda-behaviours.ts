import type { InvocationResult } from "../../local/host/host";
import type { LambdaBehaviour } from "./conformance-case";
import { filled } from "./placeholders";

type Result = Pick<InvocationResult, "payload" | "functionError">;

interface Call {
  readonly behaviour: LambdaBehaviour;
  readonly event: Record<string, unknown>;
  readonly payload: Buffer;
  /** Counts from 1. */
  readonly invocation: number;
  readonly apiId: string;
  readonly requestId: string;
}

const returned = (value: unknown): Result => ({ payload: Buffer.from(JSON.stringify(value) ?? "null") });
/** As the runtime for Python reports a failure: the recorded functions are written in it. */
const thrown = ({ requestId }: Call, errorMessage: string, errorType = "Error"): Result => ({
  payload: Buffer.from(JSON.stringify({ errorMessage, errorType, requestId, stackTrace: [] })),
  functionError: "Unhandled",
});

/** What functions do, by `kind`. */
const KINDS: Readonly<Record<string, (call: Call) => Result>> = {
  return: ({ behaviour }) => returned(behaviour.value),
  return_proxy: ({ behaviour: { statusCode = 200, bodyLength = 0 } }) =>
    returned({ statusCode, body: "a".repeat(bodyLength) }),
  return_proxy_echo: ({ event }) => returned({ statusCode: 200, body: JSON.stringify(event), isBase64Encoded: false }),
  echo_event: ({ payload }) => ({ payload }),
  raw: ({ behaviour }) => ({ payload: Buffer.from(behaviour.payload ?? "") }),
  throw: (call) => thrown(call, call.behaviour.errorMessage ?? "", call.behaviour.errorType),
  counter: ({ invocation }) => returned({ statusCode: 200, body: String(invocation) }),
  authorizer: (call) => returned(allowance(call, call.behaviour.effect ?? "Allow")),
  authorizer_by_token: (call) => {
    const token = tokenOf(call);
    if (token === "allow") return returned(allowance(call, "Allow"));
    if (token === "deny") return returned(allowance(call, "Deny"));
    return thrown(call, token === "unauthorized" ? "Unauthorized" : "Error: Invalid token");
  },
};

/** Lets a function do what its case says. */
export function behave(call: Call): Result {
  const kind = KINDS[call.behaviour.kind];
  if (!kind) throw new Error(`functions cannot be of the kind ${call.behaviour.kind}`);
  return kind(call);
}

function allowance(call: Call, effect: string): object {
  const { behaviour, event, apiId } = call;
  const {
    resource = String(event.methodArn),
    principalId = "user",
    context,
    usageIdentifierKey,
    byToken = {},
  } = behaviour;
  const statement = { Action: "execute-api:Invoke", Effect: effect, Resource: filled(resource, { apiId }) };
  return {
    principalId,
    policyDocument: { Version: "2012-10-17", Statement: [statement] },
    ...(context && { context }),
    ...(usageIdentifierKey !== undefined && { usageIdentifierKey }),
    ...byToken[tokenOf(call) ?? ""],
  };
}

/** What a client shows: its token, else the first of its parameters that the behaviour knows. */
function tokenOf({ behaviour: { byToken = {} }, event }: Call): string | undefined {
  const {
    authorizationToken,
    headers = {},
    queryStringParameters = {},
  } = event as {
    authorizationToken?: string;
    headers?: Record<string, string> | null;
    queryStringParameters?: Record<string, string> | null;
  };
  const shown = [authorizationToken, headers?.Authorization, headers?.authorization].filter(
    (each) => each !== undefined,
  );
  const others = [...Object.values(queryStringParameters ?? {}), ...Object.values(headers ?? {})];
  return shown[0] ?? others.find((value) => TOKENS.has(value) || Object.hasOwn(byToken, value));
}

/** What `authorizer_by_token` tells apart. */
const TOKENS: ReadonlySet<string> = new Set(["allow", "deny", "unauthorized"]);
