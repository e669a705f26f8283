import type { RequestHeader } from "../frames";

/** How a callback-style handler ends its request. */
export interface Completion {
  succeed(result: unknown): void;
  fail(error: unknown): void;
}

/**
 * The handler's second argument.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function handlerContext(request: RequestHeader, variables: NodeJS.ProcessEnv, completion: Completion) {
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
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: (error?: unknown, result?: unknown) =>
      hasValue(error) ? completion.fail(error) : completion.succeed(result),
    fail: (error: unknown) => completion.fail(error),
    succeed: (result: unknown) => completion.succeed(result),
  };
}

/** Callbacks use null and undefined alike for "no error". */
export function hasValue(error: unknown): boolean {
  return error !== undefined && error !== null;
}
