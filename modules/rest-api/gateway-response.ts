import { Construct } from "constructs";
import {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponseDefinition,
  type GatewayResponseType,
} from "../../definition/gateway-response";
import { checkStatus } from "../checks/response-checks";
import type { RestApiBase } from "./rest-api-base";

type ResponseTypes = { readonly [Type in GatewayResponseType]: Type };

function isResponseTypes(candidate: Record<string, string>): candidate is ResponseTypes {
  return GATEWAY_RESPONSE_TYPES.every((type) => candidate[type] === type);
}

function responseTypes(): ResponseTypes {
  const types = Object.fromEntries(GATEWAY_RESPONSE_TYPES.map((type) => [type, type]));
  if (!isResponseTypes(types)) throw new TypeError("a gateway response type is missing");
  return types;
}

/** Names of the answers that API Gateway makes itself, as in `ResponseType.DEFAULT_4XX`. */
export const ResponseType: ResponseTypes = responseTypes();
/** A type of answer that API Gateway makes itself. */
export type ResponseType = GatewayResponseType;

/** How one type of answer differs from what AWS does by default. */
export interface GatewayResponseOptions {
  /** Which answer, as in `ResponseType.DEFAULT_4XX`. */
  readonly type: ResponseType;
  /** @default - AWS's status for the type */
  readonly statusCode?: string;
  /**
   * Header → mapping expression: `'literal'` in single quotes, `context.<fact>`, `method.request.header.<name>`.
   * @default - no headers but those of CORS
   */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /**
   * Content type → template; `$context.<fact>` is replaced, it is not VTL.
   * @default - `{"message": $context.error.messageString}`
   */
  readonly templates?: Readonly<Record<string, string>>;
}

/** `GatewayResponseOptions` with the API. */
export interface GatewayResponseProps extends GatewayResponseOptions {
  /** The API whose answer it is. */
  readonly restApi: RestApiBase;
}

/**
 * Customises an answer that API Gateway makes itself.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export class GatewayResponse extends Construct {
  readonly type: ResponseType;
  readonly definition: GatewayResponseDefinition;

  constructor(scope: Construct, id: string, props: GatewayResponseProps) {
    super(scope, id);
    this.type = props.type;
    checkStatus(this, { place: `the gateway response ${props.type}`, statusCode: props.statusCode });
    this.definition = {
      ...(props.statusCode === undefined ? {} : { statusCode: props.statusCode }),
      responseParameters: Object.fromEntries(
        Object.entries(props.responseHeaders ?? {}).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
      ),
      responseTemplates: { ...props.templates },
    };
    props.restApi.useGatewayResponse(this);
  }
}
