import type { MethodDefinition } from "../../definition/method";

const names = (list: string): ReadonlySet<string> => new Set(list.toLowerCase().split(" "));

/**
 * Headers that do not arrive under the name that a mapping gives them.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const TO_CLIENT = names(
  "Authorization Connection Content-Length Content-MD5 Date Expect Host Max-Forwards Proxy-Authenticate Server Trailer Transfer-Encoding Upgrade User-Agent WWW-Authenticate",
);
const TO_BACKEND = names("Connection Content-Length Expect Proxy-Authenticate TE Transfer-Encoding Via");

/** The mappings of a method that name such a header, as in `method.response.header.Server`. */
export function headersRemapped({ integration }: MethodDefinition): readonly string[] {
  const isProxy = integration.type.endsWith("_PROXY");
  // The answers of proxies are not mapped.
  const toClient = isProxy ? [] : integration.responses.flatMap((it) => Object.keys(it.responseParameters));
  return [
    ...Object.keys(integration.requestParameters).filter((name) =>
      isNamed(name, "integration.request.header.", TO_BACKEND),
    ),
    ...toClient.filter((name) => isNamed(name, "method.response.header.", TO_CLIENT)),
  ];
}

function isNamed(mapping: string, place: string, headers: ReadonlySet<string>): boolean {
  return mapping.startsWith(place) && headers.has(mapping.slice(place.length).toLowerCase());
}
