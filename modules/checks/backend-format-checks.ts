import { Token } from "cdktf";
import { HTTP_METHODS } from "../../definition/method";
import type { IntegrationConfig } from "../integrations/integration";
import { type Check, mismatches } from "./check";

const LITERAL = "'[^]*'";
const ANYWHERE = String.raw`context\.\S+|stageVariables\.[A-Za-z0-9_]+`;

/** Left and right sides of parameter mappings. */
const REQUEST_TARGET = /^integration\.request\.(?:header|querystring|path)\.\S+$/;
const REQUEST_SOURCE = new RegExp(
  String.raw`^(?:${LITERAL}|${ANYWHERE}|method\.request\.(?:(?:path|(?:multivalue)?(?:querystring|header))\.\S+|body(?:[.[][^]+)?))$`,
);
const RESPONSE_TARGET = /^method\.response\.header\.\S+$/;
const RESPONSE_SOURCE = new RegExp(
  String.raw`^(?:${LITERAL}|${ANYWHERE}|integration\.response\.(?:(?:multivalue)?header\.\S+|body(?:[.[][^]+)?))$`,
);

/** What is no URI of a service at all is told by the row before. */
const PROXY_URI =
  /^(?!arn:[^:]+:apigateway:)|:firehose:action\/|:lambda:path\/20\d\d-\d\d-\d\d\/functions\/.+\/(?:response-streaming-)?invocations$/;

/**
 * What AWS refuses of the texts of an integration when it is imported or created.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export const FORMAT_CHECKS: readonly Check<IntegrationConfig>[] = [
  {
    code: "HTTP_URL_INVALID",
    problem: ({ type, uri }) =>
      type.startsWith("HTTP") && mismatches(uri, /^https?:\/\/[^/\s]+/)
        ? `the URL of an HTTP backend must be http(s)://host…, got "${uri}"`
        : undefined,
    fix: "write the whole URL, as in https://${stageVariables.host}/path",
  },
  {
    code: "INTEGRATION_URI_INVALID",
    problem: ({ type, uri }) =>
      type.startsWith("AWS") && mismatches(uri, /^arn:[^:]+:apigateway:[^:]+:[^:]+:(?:path|action)\/./)
        ? `the uri of an integration of the type ${type} must be arn:<partition>:apigateway:<region>:<service>:path/… or …:action/…, got "${uri}"`
        : undefined,
    fix: "use a LambdaIntegration or an AwsIntegration, which write the uri, or correct it",
  },
  {
    code: "INTEGRATION_URI_INVALID",
    problem: ({ type, uri }) =>
      type === "AWS_PROXY" && mismatches(uri, PROXY_URI)
        ? `an integration of the type AWS_PROXY calls functions and delivery streams only, got "${uri}"`
        : undefined,
    fix: "use the type AWS, with templates for request and answer",
  },
  {
    code: "INTEGRATION_METHOD_INVALID",
    problem: ({ integrationHttpMethod }) =>
      mismatches(integrationHttpMethod, new RegExp(`^(?:${HTTP_METHODS.join("|")})$`))
        ? `integrationHttpMethod must be one of ${HTTP_METHODS.join(", ")}, got "${integrationHttpMethod}"`
        : undefined,
    fix: "correct the verb; verbs are in upper case",
  },
  {
    code: "MAPPING_EXPRESSION_INVALID",
    problem: ({ options }) => {
      const responses = (options?.integrationResponses ?? []).flatMap((it) =>
        Object.entries(it.responseParameters ?? {}),
      );
      const wrong =
        wrongSide(Object.entries(options?.requestParameters ?? {}), REQUEST_TARGET, REQUEST_SOURCE) ??
        wrongSide(responses, RESPONSE_TARGET, RESPONSE_SOURCE);
      return wrong === undefined ? undefined : `"${wrong}" is no expression of a parameter mapping`;
    },
    fix: "write a literal in single quotes, or a source such as method.request.header.<name>, integration.response.header.<name>, context.<fact> or stageVariables.<name>",
  },
];

function wrongSide(
  mappings: readonly (readonly [string, string])[],
  target: RegExp,
  source: RegExp,
): string | undefined {
  return mappings
    .flatMap(([left, right]) => [
      { text: left, pattern: target },
      { text: right, pattern: source },
    ])
    .find(({ text, pattern }) => !Token.isUnresolved(text) && !pattern.test(text))?.text;
}
