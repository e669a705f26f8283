import type { RequestHeader } from "../frames";

/** How a callback-style handler ends its request. */
export interface Completion {
  succeed(result: unknown): void;
  fail(error: unknown): void;
}

/**
 * What the second argument of every handler has.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function handlerContext(request: RequestHeader, variables: NodeJS.ProcessEnv) {
  const deadline = Date.now() + request.timeoutMillis;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: variables.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: variables.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: variables.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: variables.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: request.invokedFunctionArn,
    awsRequestId: request.requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** What it has besides, unless the handler streams. These do not wait for the event loop to be empty, as the callback does. */
export function completionMethods({ succeed, fail }: Completion) {
  return {
    succeed: (result?: unknown) => succeed(result),
    fail: (error?: unknown) => fail(hasValue(error) ? error : "handled"),
    done: (error?: unknown, result?: unknown) => (hasValue(error) ? fail(error) : succeed(result)),
  };
}

/** Callbacks use null and undefined alike for "no error". */
export function hasValue(error: unknown): boolean {
  return error !== undefined && error !== null;
}
