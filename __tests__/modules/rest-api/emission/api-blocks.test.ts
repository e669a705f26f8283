import { App } from "cdktf";
import type { RestApiDefinition } from "../../../../definition/rest-api";
import { HeadgateStack } from "../../../../modules";
import { apiBlocks } from "../../../../modules/rest-api/emission/api-blocks";
import { type ApiBlock, addressOf, BlockNames, lastOf } from "../../../../modules/rest-api/emission/block";
import { LateElement } from "../../../../modules/rest-api/emission/late-element";
import { integrationWith, methodWith, restApiWith } from "../../../support/definition-builders";

function blocksOf(members: Partial<RestApiDefinition>): readonly ApiBlock[] {
  return apiBlocks({
    api: restApiWith(members),
    apiAddress: "aws_api_gateway_rest_api.Api",
    restApiId: "abcdefghij",
    executionArn: "arn:aws:execute-api:eu-west-1:111111111111:abcdefghij",
    names: new BlockNames("Api"),
  });
}

function only(blocks: readonly ApiBlock[], type: string): ApiBlock {
  const [block] = blocks.filter((it) => it.type === type);
  if (block === undefined) throw new Error(`there is no ${type}`);
  return block;
}

describe("the Terraform resources of an API", () => {
  it("ask no REQUEST authorizer for a header that it does not name", () => {
    const blocks = blocksOf({ authorizers: { any: { type: "REQUEST", resultTtlSeconds: 0, providerArns: [] } } });

    expect(only(blocks, "aws_api_gateway_authorizer").literals.identity_source).toBe("");
  });

  it("name the API's own resources in its policy by their ARN", () => {
    const policy = { Statement: [{ Resource: ["execute-api:/v1/GET/a", "*"], NotResource: "execute-api:/*" }] };

    const { documents } = only(blocksOf({ policy }), "aws_api_gateway_rest_api_policy");

    const own = "arn:aws:execute-api:eu-west-1:111111111111:abcdefghij";
    expect(documents?.policy).toEqual({ Statement: [{ Resource: [`${own}/v1/GET/a`, "*"], NotResource: `${own}/*` }] });
  });

  it("replace the responses of an integration with it", () => {
    const responses = [{ statusCode: "200", responseParameters: {}, responseTemplates: {} }];
    const blocks = blocksOf({ methods: [methodWith({ integration: integrationWith({ responses }) })] });

    const integration = addressOf(only(blocks, "aws_api_gateway_integration"));
    expect(only(blocks, "aws_api_gateway_integration_response").replaceTriggeredBy).toEqual([
      `${integration}.type`,
      `${integration}.integration_http_method`,
      `${integration}.credentials`,
      `${integration}.passthrough_behavior`,
    ]);
  });

  it("leave out the models that every API has", () => {
    const Empty = { contentType: "application/json", schema: { title: "Empty Schema", type: "object" } };

    expect(blocksOf({ models: { Empty } })).toEqual([]);
  });

  it("are all waited for by whoever waits for the last", () => {
    const blocks = blocksOf({
      methods: [methodWith({ requestValidator: "all" })],
      requestValidators: { all: { validateRequestBody: true, validateRequestParameters: true } },
    });

    expect(
      lastOf(blocks)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(["aws_api_gateway_integration", "aws_api_gateway_method_response"]);
  });

  it("get names of a bounded length", () => {
    const name = new BlockNames("Api").of(`GET /${"a".repeat(400)}`);

    expect(name).toMatch(/^Api_GET_a{116}_[0-9a-f]{8}$/);
  });

  it.each<[string, Partial<RestApiDefinition>, string]>([
    ["an authorizer is not declared", { methods: [methodWith({ authorizer: "x" })] }, "AUTHORIZER_UNKNOWN"],
    ["a validator is not declared", { methods: [methodWith({ requestValidator: "x" })] }, "REQUEST_VALIDATOR_UNKNOWN"],
    [
      "two variables stand at the same place",
      { methods: [methodWith({ resourcePath: "/a/{b}" }), methodWith({ resourcePath: "/a/{c}/d" })] },
      "PATH_VARIABLE_AMBIGUOUS",
    ],
  ])("fails when %s", (_title, members, code) => {
    expect(() => blocksOf(members)).toThrow(expect.objectContaining({ code, fix: expect.any(String) }));
  });

  it("fails when cdktf asks for HCL", () => {
    const element = new LateElement(new HeadgateStack(new App(), "hcl", { region: "eu-west-1" }), "Late", () => ({}));

    expect(() => element.toHclTerraform()).toThrow(
      expect.objectContaining({ code: "HCL_UNSUPPORTED", fix: "synthesize without --hcl" }),
    );
  });
});
