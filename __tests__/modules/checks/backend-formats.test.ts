import { Integration, type IntegrationConfig, LogGroupLogDestination, MockIntegration } from "../../../modules";
import { backend, expectRefusal, findingsOf, type Refusal, stage, token } from "../support/refusals";

const TOPIC = "arn:aws:apigateway:eu-west-1:sns:action/Publish";

function integration(config: Partial<IntegrationConfig>) {
  return backend(new Integration({ type: "AWS", integrationHttpMethod: "POST", uri: TOPIC, ...config }));
}

const mapped = (requestParameters: Record<string, string>) => integration({ options: { requestParameters } });
const answered = (responseParameters: Record<string, string>) =>
  backend(new MockIntegration({ integrationResponses: [{ statusCode: "200", responseParameters }] }));

const REFUSALS: readonly Refusal[] = [
  {
    code: "HTTP_URL_INVALID",
    problem: 'got "not-a-url"',
    build: integration({ type: "HTTP_PROXY", uri: "not-a-url" }),
  },
  {
    code: "INTEGRATION_URI_INVALID",
    problem: "the type AWS must be arn:",
    build: integration({ uri: "arn:aws:lambda:eu-west-1:111111111111:function:f" }),
  },
  { code: "INTEGRATION_URI_INVALID", problem: "delivery streams only", build: integration({ type: "AWS_PROXY" }) },
  {
    code: "INTEGRATION_URI_INVALID",
    problem: "delivery streams only",
    build: integration({ type: "AWS_PROXY", uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f" }),
  },
  { code: "INTEGRATION_METHOD_INVALID", problem: 'got "post"', build: integration({ integrationHttpMethod: "post" }) },
  {
    code: "MAPPING_EXPRESSION_INVALID",
    problem: '"true" is no expression',
    build: mapped({ "integration.request.path.p": "true" }),
  },
  {
    code: "MAPPING_EXPRESSION_INVALID",
    problem: '"integration.header.a" is no expression',
    build: mapped({ "integration.header.a": "'b'" }),
  },
  {
    code: "MAPPING_EXPRESSION_INVALID",
    problem: '"method.request.header.a" is no expression',
    build: answered({ "method.response.header.a": "method.request.header.a" }),
  },
  {
    code: "ACCESS_LOG_DESTINATION_INVALID",
    problem: 'got ""',
    build: stage({ accessLogDestination: new LogGroupLogDestination({ arn: "" }) }),
  },
];

describe("texts that AWS refuses when an API is imported", () => {
  it.each(REFUSALS)("fails when $code: $problem", expectRefusal);

  it("reports a URL once, whichever class holds it", () => {
    const findings = findingsOf(integration({ type: "HTTP", uri: "not-a-url" }));

    expect(findings.filter((text) => text.startsWith("HTTP_URL_INVALID"))).toHaveLength(1);
  });

  it("lets every kind of source and what is known later through", () => {
    const sources = [
      "'literal'",
      "method.request.path.id",
      "method.request.multivaluequerystring.q",
      "method.request.multivalueheader.h",
      "method.request.body",
      "method.request.body.a[0]",
      "context.authorizer.claims.sub",
      "stageVariables.x",
      token,
    ];
    const requestParameters = Object.fromEntries(
      sources.map((it, index) => [`integration.request.header.h${index}`, it]),
    );

    expect(() => mapped(requestParameters)()).not.toThrow();
    expect(() => integration({ uri: token })()).not.toThrow();
    expect(() => stage({ accessLogDestination: new LogGroupLogDestination({ arn: token }) })()).not.toThrow();
  });
});
