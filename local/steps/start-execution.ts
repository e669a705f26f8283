import { factText } from "../context";
import type { Step } from "../exchange";
import { LINES } from "../execution-log/lines";
import { headerValue } from "../http/headers";
import { isBinaryMediaType, mediaTypeOf } from "../http/media-types";

/** Notes in the execution log what is executed from here on: the caller may call, and has not called too often. */
export const startExecution: Step = {
  name: "start execution",
  request(exchange) {
    const { facts, headers, httpMethod, log, method, path, pathParameters, query, request, stage } = exchange;
    if (!log) return undefined;
    const key = method.apiKeyRequired ? factText(facts, "identity.apiKey") : undefined;
    const mediaType = mediaTypeOf(headerValue(headers, "content-type"));
    const isBinary = request.body.length > 0 && isBinaryMediaType(mediaType, stage.api.binaryMediaTypes);
    log.write(
      LINES.startingExecution(String(facts.get("requestId"))),
      LINES.httpMethod(httpMethod, path),
      ...(key === undefined ? [] : [LINES.apiKey(key)]),
      LINES.methodRequestPath(Object.entries(pathParameters)),
      LINES.methodRequestQuery(query),
      LINES.methodRequestHeaders(headers),
      LINES.methodRequestBody(request.body, isBinary),
    );
    return undefined;
  },
};
