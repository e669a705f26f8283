import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { corsHeaders } from "./cors";
import { logger } from "./logger";
import { ProblemError } from "./problem-error";
import { header } from "./request";

/** What a function answers; the body becomes JSON. */
export interface Answer<Body> {
  readonly statusCode: 200 | 201;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An `APIGatewayProxyHandler` that answers with a promise. */
export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * What all handlers share: context in the log, CORS and JSON in the response, problems as 4XX, anything else thrown as a 500 that tells nothing of
 * what is inside. Bodies are never logged.
 */
export function apiHandler<Body>(answer: (event: APIGatewayProxyEvent) => Promise<Answer<Body>>): ApiHandler {
  return async (event, context) => {
    logger.addContext(context);
    logger.setCorrelationId(event.requestContext?.requestId);
    logger.appendKeys({ route: `${event.httpMethod} ${event.resource}` });
    const { statusCode, body, headers } = await answer(event).catch(answerToError);
    logger.info("answered", { statusCode });
    return {
      statusCode,
      headers: {
        "Content-Type": "application/json",
        ...corsHeaders(header(event, "Origin"), process.env.ALLOWED_ORIGINS ?? ""),
        ...headers,
      },
      body: JSON.stringify(body),
    };
  };
}

function answerToError(error: unknown) {
  if (error instanceof ProblemError) {
    logger.info("refused", { code: error.code });
    return { statusCode: error.statusCode, body: error.body, headers: {} };
  }
  logger.error("failed", { error });
  return {
    statusCode: 500,
    body: { code: "INTERNAL_ERROR", message: "The request could not be processed." },
    headers: {},
  };
}
