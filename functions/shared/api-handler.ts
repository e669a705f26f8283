import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import type { Problem } from "../../contracts/problem";
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
    const { statusCode, body, headers, problem } = await answer(event).then(fine, answerToError);
    logger.info("answered", { statusCode, problem });
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

function fine<Body>(answer: Answer<Body>) {
  return { ...answer, problem: undefined };
}

function answerToError(error: unknown) {
  if (error instanceof ProblemError) {
    return { statusCode: error.statusCode, body: error.body, headers: {}, problem: error.code };
  }
  logger.error("failed", { error });
  const body: Problem = { code: "INTERNAL_ERROR", message: "The request could not be processed." };
  return { statusCode: 500, body, headers: {}, problem: body.code };
}
