import { ConfigurationError } from "../../definition/configuration-error";
import type { GatewayResponseDefinition, GatewayResponseType } from "../../definition/gateway-response";
import type { MethodDefinition } from "../../definition/method";
import { Cors, type CorsOptions } from "./cors-options";

const ALLOW_ORIGIN = "Access-Control-Allow-Origin";
const REQUEST_HEADER = "method.request.header.";
const RESPONSE_HEADER = "method.response.header.";
const GATEWAY_HEADER = "gatewayresponse.header.";

type Headers = Readonly<Record<string, string>>;

/** The method OPTIONS that answers preflights for the other methods of a resource. */
export function preflight(
  resourcePath: string,
  options: CorsOptions,
  methods: readonly MethodDefinition[],
  binaryMediaTypes: readonly string[],
): MethodDefinition {
  const statusCode = String(options.statusCode ?? 204);
  const headers = prefixed(RESPONSE_HEADER, {
    ...originHeaders(options, firstOrigin(options)),
    "Access-Control-Allow-Methods": quoted(allowedMethods(options, methods).join(",")),
    "Access-Control-Allow-Headers": quoted(allowedHeaders(options, methods).join(",")),
    ...(options.maxAge === undefined ? {} : { "Access-Control-Max-Age": quoted(String(options.maxAge.toSeconds())) }),
  });
  const template = originTemplate(options);
  return {
    resourcePath,
    httpMethod: "OPTIONS",
    authorizationType: "NONE",
    authorizationScopes: [],
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    integration: {
      type: "MOCK",
      connectionType: "INTERNET",
      passthroughBehavior: "WHEN_NO_MATCH",
      timeoutMillis: 29_000,
      // A request that counts as binary meets no template, and a MOCK without one answers 500.
      ...(binaryMediaTypes.length === 0 ? {} : { contentHandling: "CONVERT_TO_TEXT" as const }),
      requestParameters: {},
      requestTemplates: { "application/json": `{"statusCode": ${statusCode}}` },
      cacheKeyParameters: [],
      insecureSkipVerification: false,
      responses: [
        {
          statusCode,
          responseParameters: headers,
          responseTemplates: template === "" ? {} : { "application/json": template },
        },
      ],
    },
    methodResponses: { [statusCode]: { responseModels: {}, responseParameters: Object.keys(headers).sort() } },
  };
}

/** The same method with CORS headers on what its integration answers. */
export function withCorsHeaders(
  method: MethodDefinition,
  options: CorsOptions,
  binaryMediaTypes: readonly string[],
): MethodDefinition {
  refuseBytes(method, options, binaryMediaTypes);
  const headers = prefixed(RESPONSE_HEADER, answerHeaders(options, firstOrigin(options)));
  const { integration, methodResponses } = method;
  // Without a template the answer passes as it is; to run a choice it needs one that does the same.
  const body = integration.type === "MOCK" ? "" : "$input.body";
  return {
    ...method,
    integration: {
      ...integration,
      responses: integration.responses.map((response) => ({
        ...response,
        responseParameters: { ...headers, ...response.responseParameters },
        responseTemplates: withOriginChoice(response.responseTemplates, body, options),
      })),
    },
    methodResponses: Object.fromEntries(
      Object.entries(methodResponses).map(([status, response]) => [
        status,
        {
          ...response,
          responseParameters: [...new Set([...response.responseParameters, ...Object.keys(headers)])].sort(),
        },
      ]),
    ),
  };
}

/** CORS headers on the answers that API Gateway makes itself: on the two defaults, and on each that is customised. */
export function withCorsGatewayResponses(
  responses: Readonly<Partial<Record<GatewayResponseType, GatewayResponseDefinition>>>,
  options: CorsOptions,
): Readonly<Partial<Record<GatewayResponseType, GatewayResponseDefinition>>> {
  const untouched: GatewayResponseDefinition = { responseParameters: {}, responseTemplates: {} };
  const origin = options.gatewayErrorOrigin ?? firstOrigin(options);
  const headers = prefixed(GATEWAY_HEADER, answerHeaders(options, origin));
  const all = { DEFAULT_4XX: untouched, DEFAULT_5XX: untouched, ...responses };
  return Object.fromEntries(
    Object.entries(all).map(([type, response]) => [
      type,
      { ...response, responseParameters: { ...headers, ...response.responseParameters } },
    ]),
  );
}

/** True when the answers of a method do not come from behind a proxy integration, so that the gateway can add headers. */
export function takesCorsHeaders({ integration }: MethodDefinition): boolean {
  return integration.type === "AWS" || integration.type === "HTTP" || integration.type === "MOCK";
}

/** Bytes that meet a template answer 500. */
function refuseBytes(
  { integration, httpMethod, resourcePath }: MethodDefinition,
  { allowOrigins }: CorsOptions,
  binaryMediaTypes: readonly string[],
): void {
  const passesBytes = integration.responses.some(
    ({ contentHandling, responseTemplates }) =>
      Object.keys(responseTemplates).length === 0 && (contentHandling !== undefined || binaryMediaTypes.length > 0),
  );
  if (!passesBytes || allowOrigins.length === 1 || integration.type === "MOCK") return;
  throw new ConfigurationError(
    "CORS_ORIGINS_NEED_TEMPLATE",
    `${httpMethod} ${resourcePath}`,
    `${allowOrigins.length} allowOrigins need a response template to choose from, but the answer may be bytes`,
    "give the integration response a template, use one origin, or put the route behind a proxy integration",
  );
}

function withOriginChoice(
  templates: Readonly<Record<string, string>>,
  body: string,
  options: CorsOptions,
): Readonly<Record<string, string>> {
  const choice = originTemplate(options);
  if (choice === "") return templates;
  const entries = Object.entries(templates);
  const chosen = entries.length === 0 ? [["application/json", body] as const] : entries;
  return Object.fromEntries(chosen.map(([type, template]) => [type, choice + template]));
}

function originHeaders(options: CorsOptions, origin: string): Headers {
  return {
    [ALLOW_ORIGIN]: quoted(origin),
    ...(options.allowOrigins.includes("*") ? {} : { Vary: quoted("Origin") }),
    ...(options.allowCredentials ? { "Access-Control-Allow-Credentials": quoted("true") } : {}),
  };
}

function answerHeaders(options: CorsOptions, origin: string): Headers {
  const { exposeHeaders = [] } = options;
  return {
    ...originHeaders(options, origin),
    ...(exposeHeaders.length === 0 ? {} : { "Access-Control-Expose-Headers": quoted(exposeHeaders.join(",")) }),
  };
}

/**
 * VTL that replaces the first origin by that of the request when it is another allowed one. HTTP/2 clients send names in
 * lower case, and names are case-sensitive here. `$input.params("origin")` would take a variable of the path or the query
 * for the header.
 */
function originTemplate({ allowOrigins }: CorsOptions): string {
  const [, ...others] = allowOrigins;
  if (others.length === 0) return "";
  const isAllowed = others.map((origin) => `$origin == "${origin}"`).join(" || ");
  return (
    '#set($origin = $input.params().header.get("Origin"))' +
    '#if("$!origin" == "")#set($origin = $input.params().header.get("origin"))#end' +
    `#if(${isAllowed})#set($context.responseOverride.header.${ALLOW_ORIGIN} = $origin)#end`
  );
}

function allowedMethods(options: CorsOptions, methods: readonly MethodDefinition[]): readonly string[] {
  if (options.allowMethods !== undefined) return options.allowMethods;
  if (methods.some(({ httpMethod }) => httpMethod === "ANY")) return Cors.ALL_METHODS;
  return [...methods.map(({ httpMethod }) => httpMethod), "OPTIONS"].sort();
}

function allowedHeaders(options: CorsOptions, methods: readonly MethodDefinition[]): readonly string[] {
  if (options.allowHeaders !== undefined) return options.allowHeaders;
  const declared = methods
    .flatMap(({ requestParameters }) => Object.keys(requestParameters))
    .filter((name) => name.startsWith(REQUEST_HEADER))
    .map((name) => name.slice(REQUEST_HEADER.length))
    // Pages cannot set it; browsers do.
    .filter((name) => name !== "Origin");
  return [...new Set([...Cors.DEFAULT_HEADERS, ...declared.sort()])];
}

function firstOrigin({ allowOrigins: [first = "*"] }: CorsOptions): string {
  return first;
}

function quoted(text: string): string {
  return `'${text}'`;
}

function prefixed(prefix: string, headers: Headers): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [prefix + name, value]));
}
