import type { Exchange, Step } from "../exchange";
import { headerValue } from "../http/headers";
import { GatewayError } from "../refusals/gateway-error";

/** Where a parameter may stand, in the order in which AWS reports what is missing. */
const PLACES: readonly { readonly name: string; read(exchange: Exchange, parameter: string): string | undefined }[] = [
  { name: "header", read: ({ headers }, parameter) => headerValue(headers, parameter) },
  { name: "path", read: ({ pathParameters }, parameter) => pathParameters[parameter] },
  { name: "querystring", read: ({ query }, parameter) => query.findLast(([name]) => name === parameter)?.[1] },
];

/** Refuses a request that lacks a required parameter; a blank one counts as lacking. */
export const validateParameters: Step = {
  name: "validate parameters",
  request(exchange) {
    const { method, stage } = exchange;
    if (!stage.api.requestValidators[method.requestValidator ?? ""]?.validateRequestParameters) return undefined;
    const missing = PLACES.flatMap(({ name, read }) =>
      requiredIn(method.requestParameters, name).filter((parameter) => !read(exchange, parameter)?.trim()),
    );
    if (missing.length === 0) return undefined;
    throw new GatewayError("INVALID_PARAMETERS", {
      message: `Missing required request parameters: [${missing.join(", ")}]`,
    });
  },
};

function requiredIn(parameters: Readonly<Record<string, boolean>>, place: string): string[] {
  const prefix = `method.request.${place}.`;
  return Object.entries(parameters)
    .filter(([name, required]) => required && name.startsWith(prefix))
    .map(([name]) => name.slice(prefix.length));
}
