import type { RestApiDefinition } from "../../../definition/rest-api";
import type { BackendResponse, Invocation, InvocationResult } from "../../../local/host/host";
import { type HeadgateStack, type Integration, type MethodOptions, RestApi, type RestApiProps } from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { fakeHost, gatewayFor, send } from "../../support/gateway";

/** What clients send to break templates. */
export const HOSTILE =
  '"quote\' \\ back/slash\\" \n\r\t\u0000 ü 漢 😀 \u2028 $input.body #set($x = 1) ${x} &a=b+c%20 </script>';

/** A definition of an API with one route, as the constructs make it. */
export function definitionOf(
  route: string,
  integration: (stack: HeadgateStack) => Integration,
  options: { readonly api?: RestApiProps; readonly method?: MethodOptions } = {},
): RestApiDefinition {
  const [verb = "", path = ""] = route.split(" ");
  const definitions: RestApiDefinition[] = [];
  synthApi((stack) => {
    const api = new RestApi(stack, "Api", options.api);
    api.root.resourceForPath(path.slice(1)).addMethod(verb, integration(stack), options.method);
    definitions.push(api.definition());
  });
  const [definition] = definitions;
  if (definition === undefined) throw new Error("no definition");
  return definition;
}

/** One request through the local gateway, with what the service got and what the client got. */
export async function call(
  definition: RestApiDefinition,
  request: Parameters<typeof send>[1] = {},
  service: Partial<BackendResponse> & { readonly json?: unknown } = {},
  invoke: (invocation: Invocation) => Partial<InvocationResult> = () => ({}),
) {
  const { json, ...answer } = service;
  const body = json === undefined ? {} : { body: Buffer.from(JSON.stringify(json)) };
  const host = fakeHost({ fetch: () => ({ ...answer, ...body }), invoke });
  const response = await send(gatewayFor(definition, { host }), request);
  const [sent] = host.requests;
  return {
    response,
    url: sent?.url,
    method: sent?.method,
    text: sent?.body?.toString() ?? "",
    headers: Object.fromEntries((sent?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value])),
    invocations: host.invocations,
    bugs: host.bugs,
  };
}
