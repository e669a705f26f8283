import {
  GATEWAY_RESPONSE_STATUS,
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponseDefinition,
  type GatewayResponseType,
} from "./gateway-response";
import { present } from "./present";
import type { RestApiDefinition } from "./rest-api";

/** A gateway response as API Gateway tells it. */
export interface ResolvedGatewayResponse extends GatewayResponseDefinition {
  readonly responseType: GatewayResponseType;
  /** True when nobody has changed it. */
  readonly defaultResponse: boolean;
}

const DEFAULT_TEMPLATES = { "application/json": '{"message":$context.error.messageString}' };

/**
 * All gateway responses of an API by type, defaults filled in: a type that is not set itself is as its class is set, else as
 * AWS has it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function resolvedGatewayResponses({
  gatewayResponses,
}: Pick<RestApiDefinition, "gatewayResponses">): Readonly<Record<GatewayResponseType, ResolvedGatewayResponse>> {
  const resolve = (responseType: GatewayResponseType): ResolvedGatewayResponse => {
    const status = GATEWAY_RESPONSE_STATUS[responseType];
    const ofClass = status && gatewayResponses[Number(status) < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"];
    const {
      statusCode,
      responseParameters = {},
      responseTemplates = {},
    } = gatewayResponses[responseType] ?? (ofClass || { responseParameters: {}, responseTemplates: {} });
    return present({
      responseType,
      statusCode: statusCode ?? status,
      responseParameters,
      responseTemplates: Object.keys(responseTemplates).length > 0 ? responseTemplates : DEFAULT_TEMPLATES,
      defaultResponse: gatewayResponses[responseType] === undefined,
    });
  };
  return Object.fromEntries(GATEWAY_RESPONSE_TYPES.map((type) => [type, resolve(type)])) as Readonly<
    Record<GatewayResponseType, ResolvedGatewayResponse>
  >;
}
