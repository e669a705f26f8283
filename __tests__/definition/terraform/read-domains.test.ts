import type { JsonObject } from "../../../definition/json";
import { apiId, apiResources, readResources } from "./roots";

const domain = (domain_name: string, more: JsonObject = {}): JsonObject => ({
  aws_api_gateway_domain_name: { own: { domain_name, ...more } },
});
const OWN = "${aws_api_gateway_domain_name.own.domain_name}";
const mapping = (more: JsonObject): JsonObject => ({ domain_name: OWN, api_id: apiId, ...more });

const domainsOf = async (resources: JsonObject) => (await readResources({ ...apiResources, ...resources })).domains;

describe("custom domains", () => {
  it("are read with what is mapped to them, by both versions of the operation", async () => {
    const aws_api_gateway_stage = { v1: { rest_api_id: apiId, stage_name: "v1" } };
    const stage_name = "${aws_api_gateway_stage.v1.stage_name}";

    const [own, ...others] = await domainsOf({
      ...domain("API.example.com"),
      aws_api_gateway_stage,
      aws_api_gateway_base_path_mapping: { root: mapping({ stage_name }), one: mapping({ base_path: "one" }) },
      aws_apigatewayv2_api_mapping: { two: mapping({ api_mapping_key: "one/two", stage: stage_name }) },
    });

    expect(others).toEqual([]);
    const id = expect.stringMatching(/^[a-z0-9]{10}$/);
    expect(own).toEqual({
      domainName: "api.example.com",
      hasMutualTls: false,
      mappings: [
        { address: "aws_api_gateway_base_path_mapping.root", basePath: "", apiId: id, stageName: "v1" },
        { address: "aws_api_gateway_base_path_mapping.one", basePath: "one", apiId: id },
        { address: "aws_apigatewayv2_api_mapping.two", basePath: "one/two", apiId: id, stageName: "v1" },
      ],
    });
  });

  it("may be referred to by their ids, and ask for certificates", async () => {
    const truststore_uri = "s3://trust/store.pem";

    const [own] = await domainsOf({
      ...domain("api.example.com", { mutual_tls_authentication: { truststore_uri } }),
      aws_api_gateway_base_path_mapping: { a: mapping({ domain_name: "${aws_api_gateway_domain_name.own.id}" }) },
    });

    expect(own).toMatchObject({ hasMutualTls: true, mappings: [{ basePath: "" }] });
  });

  it("are there when another root declares them and this one maps to them", async () => {
    const domains = await domainsOf({
      aws_api_gateway_base_path_mapping: { a: mapping({ domain_name: "api.example.com", base_path: "(none)" }) },
    });

    expect(domains).toMatchObject([{ domainName: "api.example.com", mappings: [{ basePath: "" }] }]);
  });
});
