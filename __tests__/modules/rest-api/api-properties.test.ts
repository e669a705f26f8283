import type { JsonObject } from "../../../definition/json";
import { RestApi, type RestApiProps, Size, SpecRestApi } from "../../../modules";
import { documentOf, onlyResource } from "../../../modules/testing";
import { synthWithApi } from "../support/api";
import { api, expectRefusal, type Refusal } from "../support/refusals";
import { small, synthDocument } from "./spec/spec-api";

const synth = (props: RestApiProps) => synthWithApi((it) => it.root.addMethod("GET"), props);

describe("properties of an API", () => {
  it.each<[string, RestApiProps, JsonObject]>([
    ["binary types", { binaryMediaTypes: ["a/b"] }, { "x-amazon-apigateway-binary-media-types": ["a/b"] }],
    ["compression", { minimumCompressionSize: 0 }, { "x-amazon-apigateway-minimum-compression-size": 0 }],
    [
      "compression as a size",
      { minCompressionSize: Size.kibibytes(1) },
      { "x-amazon-apigateway-minimum-compression-size": 1024 },
    ],
    ["key source", { apiKeySourceType: "AUTHORIZER" }, { "x-amazon-apigateway-api-key-source": "AUTHORIZER" }],
    [
      "a closed default endpoint",
      { disableExecuteApiEndpoint: true },
      { servers: [{ url: "/", "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } }] },
    ],
  ])("stand in the document: %s", (_title, props, expected) => {
    expect(documentOf(synth(props))).toMatchObject(expected);
  });

  it.each<[string, RestApiProps, JsonObject]>([
    ["REGIONAL by default", {}, { endpoint_configuration: { types: ["REGIONAL"] } }],
    ["EDGE", { endpointTypes: ["EDGE"] }, { endpoint_configuration: { types: ["EDGE"] } }],
    ["tags", { tags: { team: "a" } }, { tags: { team: "a" } }],
    ["protection", { protect: true }, { lifecycle: { prevent_destroy: true } }],
  ])("stand on the API: %s", (_title, props, expected) => {
    expect(onlyResource(synth(props), "aws_api_gateway_rest_api")).toMatchObject(expected);
  });

  it("pass tags on to the stage that is given some", () => {
    const terraform = synth({ deployOptions: { tags: { team: "a" } } });

    expect(onlyResource(terraform, "aws_api_gateway_stage").tags).toEqual({ team: "a" });
  });

  it("have the id of the root as a reference", () => {
    synthWithApi((it) => {
      it.root.addMethod("GET");

      expect(it.restApiRootResourceId).toMatch(/TfToken/);
    });
  });

  it("are the same for imported documents", () => {
    const terraform = synthDocument(small(), undefined, { endpointTypes: ["EDGE"], tags: { team: "a" } });

    expect(onlyResource(terraform, "aws_api_gateway_rest_api")).toMatchObject({
      endpoint_configuration: { types: ["EDGE"] },
      tags: { team: "a" },
    });
    expect(SpecRestApi.fromRestApiAttributes).toBe(RestApi.fromRestApiAttributes);
  });
});

const REFUSALS: readonly Refusal[] = [
  { code: "API_CLONE_UNSUPPORTED", problem: "cloneFrom would copy another API", build: api({ cloneFrom: {} }) },
  {
    code: "API_SECURITY_POLICY_UNSUPPORTED",
    problem: 'securityPolicy is "SecurityPolicy_TLS13_1_3_2025_09"',
    build: api({ securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" }),
  },
  {
    code: "API_SECURITY_POLICY_UNSUPPORTED",
    problem: 'endpointAccessMode is "STRICT"',
    build: api({ endpointAccessMode: "STRICT" }),
  },
];

it.each(REFUSALS)("fails when the provider knows no such property: $code, $problem", expectRefusal);
