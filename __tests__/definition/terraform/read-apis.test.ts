import type { JsonObject } from "../../../definition/json";
import { unknownsIn } from "../../../definition/unknown";
import { apiId, apiResources, openapi, readResources } from "./roots";

async function readApi(resource: JsonObject) {
  return (await readResources(resource)).apis[0]?.api;
}

describe("REST APIs of a Terraform root", () => {
  it("reads an API from the document that is imported into it", async () => {
    const [deployed] = (await readResources(apiResources)).apis;

    expect(deployed).toMatchObject({
      address: "aws_api_gateway_rest_api.orders",
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      api: { name: "orders", endpointType: "REGIONAL", tags: { team: "shop" }, methods: [] },
      stages: [],
    });
  });

  it("evaluates the document as a template before it reads it as JSON", async () => {
    const body = JSON.stringify({
      ...openapi,
      paths: {
        "/a": {
          get: {
            responses: {},
            "x-amazon-apigateway-integration": {
              type: "aws_proxy",
              httpMethod: "POST",
              uri: "${aws_lambda_alias.live.invoke_arn}",
              requestTemplates: { "application/json": "$${stageVariables.x}" },
              connectionId: "${aws_api_gateway_vpc_link.main.arn}|${data.aws_ssm_parameter.link.value}",
            },
          },
        },
      },
    });
    const stack = await readResources(
      {
        ...apiResources,
        aws_api_gateway_rest_api_put: { document: { rest_api_id: apiId, body } },
        aws_lambda_alias: { live: { name: "live", function_name: "get-a" } },
        aws_api_gateway_vpc_link: { main: {} },
      },
      { data: { aws_ssm_parameter: { link: { name: "link" } } } },
    );

    const integration = stack.apis[0]?.api.methods[0]?.integration;

    expect(integration?.uri).toMatch(/function:get-a:live\/invocations$/);
    expect(integration?.requestTemplates).toEqual({ "application/json": "${stageVariables.x}" });
    expect(unknownsIn(stack)).toEqual([{ address: "data.aws_ssm_parameter.link", attribute: "value" }]);
  });

  it("lets the arguments beside an inline body win over it", async () => {
    const inline = {
      body: JSON.stringify({ ...openapi, "x-amazon-apigateway-binary-media-types": ["a/b"] }),
      name: "named",
      api_key_source: "AUTHORIZER",
      minimum_compression_size: "0",
      policy: '{"Version":"2012-10-17"}',
    };

    expect(await readApi({ aws_api_gateway_rest_api: { orders: inline } })).toMatchObject({
      name: "named",
      endpointType: "EDGE",
      apiKeySource: "AUTHORIZER",
      minimumCompressionSizeBytes: 0,
      binaryMediaTypes: ["a/b"],
      policy: { Version: "2012-10-17" },
    });
  });

  it("takes the policy from a resource of its own", async () => {
    const policy = { aws_api_gateway_rest_api_policy: { p: { rest_api_id: apiId, policy: '{"Version":"1"}' } } };

    expect(await readApi({ ...apiResources, ...policy })).toMatchObject({ policy: { Version: "1" } });
  });

  const withBody = (body: string) => ({
    ...apiResources,
    aws_api_gateway_rest_api_put: { document: { rest_api_id: apiId, body } },
  });

  it.each<[string, JsonObject, string]>([
    [
      "an import has no body",
      { ...apiResources, aws_api_gateway_rest_api_put: { document: { rest_api_id: apiId } } },
      "API_DOCUMENT_MISSING",
    ],
    ["a document is neither JSON nor YAML", withBody("openapi: [3.0.1"), "API_DOCUMENT_NOT_JSON"],
    ["a document has tags of its own", withBody("openapi: !Sub 3.0.1"), "API_DOCUMENT_NOT_JSON"],
    ["a document is no object", withBody("[]"), "API_DOCUMENT_NOT_JSON"],
    ["a document refers to nothing", withBody("${aws_sqs_queue.q.arn}"), "REFERENCE_DANGLING"],
    ["a document is no template", withBody("${"), "TEMPLATE_BROKEN"],
    [
      "a policy is no JSON",
      { ...apiResources, aws_api_gateway_rest_api_policy: { p: { rest_api_id: apiId, policy: "x" } } },
      "API_POLICY_NOT_JSON",
    ],
    [
      "a redrive policy is no JSON",
      { aws_sqs_queue: { q: { name: "q", redrive_policy: "x" } } },
      "REDRIVE_POLICY_NOT_JSON",
    ],
    [
      "a key attribute has no such type",
      { aws_dynamodb_table: { t: { attribute: { name: "a", type: "X" } } } },
      "VALUE_NOT_ALLOWED",
    ],
  ])("fails when %s", async (_title, resource, code) => {
    await expect(readResources(resource)).rejects.toThrow(expect.objectContaining({ code }));
  });

  it("reads documents in YAML", async () => {
    const yaml = `
openapi: 3.0.1
info: { title: orders, version: "1.0" }
paths:
  /orders:
    get:
      responses: { 200: { description: OK } }
      x-amazon-apigateway-integration: { type: mock, requestTemplates: { application/json: '{"statusCode": 200}' } }
`;

    const { apis } = await readResources(withBody(yaml));

    expect(apis[0]?.api.methods).toMatchObject([
      { resourcePath: "/orders", httpMethod: "GET", integration: { type: "MOCK" } },
    ]);
  });

  it("names what is unknown when a whole document depends on it", async () => {
    const resource = { ...withBody("${aws_vpc_endpoint.main.id}"), aws_vpc_endpoint: { main: {} } };

    await expect(readResources(resource)).rejects.toThrow(
      expect.objectContaining({
        code: "API_DOCUMENT_UNKNOWN",
        fix: expect.stringContaining("aws_vpc_endpoint.main (id)"),
      }),
    );
  });
});
