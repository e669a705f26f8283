import type { Step } from "../exchange";
import { GatewayError } from "../refusals/gateway-error";

/** Largest body that API Gateway accepts. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const MAX_PAYLOAD_BYTES = 10_485_760;

/** Request line and header values together. */
const MAX_HEADER_BYTES = 10_240;

/** Refuses what is larger than API Gateway's limits, which nobody can raise. */
export const limitPayload: Step = {
  name: "limit payload",
  request({ request }) {
    if (request.body.length > MAX_PAYLOAD_BYTES) throw new GatewayError("PAYLOAD_TOO_LARGE");
    const headerBytes = request.headers.reduce((sum, [, value]) => sum + value.length, request.target.length);
    if (headerBytes > MAX_HEADER_BYTES) throw new GatewayError("HEADERS_TOO_LARGE");
    return undefined;
  },
};
