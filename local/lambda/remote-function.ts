import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { ConfigurationError } from "../../definition/configuration-error";
import { isRecord } from "../../definition/json-access";
import type { Invocation, InvocationResult } from "../host/host";
import { errorPayload, MAX_RESULT_BYTES, resultTooLarge, timedOut } from "./failures";

/** Path of Lambda's runtime interface emulator, which every container image has or can be given. */
const EMULATOR_PATH = "/2015-03-31/functions/function/invocations";

/**
 * Invokes a function that runs elsewhere on this machine, by Lambda's Invoke API. A URL without a path is that of a runtime interface
 * emulator.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 *
 * @throws ConfigurationError FUNCTION_NOT_REACHABLE
 */
export async function invokeRemote(
  url: string,
  { functionName, payload, traceId }: Invocation,
  requestId: string,
  timeoutSeconds: number,
): Promise<InvocationResult> {
  const target = new URL(url);
  if (target.pathname === "/") target.pathname = EMULATOR_PATH;
  const answer = await post(target, payload, traceId, timeoutSeconds).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : cause;
    const problem = `function "${functionName}" cannot be reached at ${target.href}: ${reason}`;
    const fix = "start what runs it, or correct its url in headgate.local.json";
    throw new ConfigurationError("FUNCTION_NOT_REACHABLE", functionName, problem, fix, { cause });
  });
  if (answer === undefined) {
    const document = errorPayload(timedOut(requestId, timeoutSeconds));
    return { status: 200, payload: document, functionError: "Unhandled", requestId };
  }
  const { status, hasFailed, body } = answer;
  if (status >= 400) return { status, payload: body, requestId };
  const failure = hasFailed ? body : failureIn(body);
  if (failure === undefined) return { status: 200, payload: body, requestId };
  return { status: 200, payload: failure, functionError: "Unhandled", requestId };
}

/**
 * The emulator tells of no failure but by the result: it has no header for it, answers a timeout by a text and an exit by nothing.
 * Source: https://github.com/aws/aws-lambda-runtime-interface-emulator/issues/20
 */
function failureIn(body: Buffer): Buffer | undefined {
  try {
    const result: unknown = JSON.parse(body.toString());
    const isFailure =
      isRecord(result) && typeof result.errorType === "string" && typeof result.errorMessage === "string";
    return isFailure ? body : undefined;
  } catch {
    const errorMessage = body.toString() || "Runtime exited without providing a reason";
    return errorPayload({ errorType: "Runtime.ExitError", errorMessage });
  }
}

interface Answer {
  readonly status: number;
  readonly hasFailed: boolean;
  readonly body: Buffer;
}

/** Undefined when time runs out. */
function post(url: URL, payload: Buffer, traceId: string, timeoutSeconds: number): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const headers = {
      "Content-Type": "application/json",
      "Content-Length": payload.length,
      "X-Amz-Invocation-Type": "RequestResponse",
      "X-Amzn-Trace-Id": traceId,
    };
    const send = url.protocol === "https:" ? secureRequest : request;
    const sent = send(url, { method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= MAX_RESULT_BYTES) return;
        resolve({ status: 200, hasFailed: true, body: errorPayload(resultTooLarge()) });
        sent.destroy();
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          hasFailed: response.headers["x-amz-function-error"] !== undefined,
          body: Buffer.concat(chunks),
        }),
      );
    });
    const timer = setTimeout(() => {
      resolve(undefined);
      sent.destroy();
    }, timeoutSeconds * 1000);
    sent.once("error", reject);
    sent.once("close", () => clearTimeout(timer));
    sent.end(payload);
  });
}
