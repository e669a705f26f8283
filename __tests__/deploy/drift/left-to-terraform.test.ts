import { leftToTerraform } from "../../../deploy/drift/left-to-terraform";
import { restApiWith } from "../../support/definition-builders";

const definition = {
  name: "orders-dev",
  region: "eu-west-1",
  apis: ["shop", "stall"].map((name) => ({
    address: `aws_api_gateway_rest_api.${name}`,
    id: name,
    api: restApiWith({ name }),
    stages: [],
  })),
  usagePlans: [],
  apiKeys: [],
  functions: [],
  tables: [],
  queues: [],
  domains: [],
  firewalls: [],
};

describe("leftToTerraform", () => {
  it("names what no stage serves yet, with what imports it again, and all that only a plan shows", () => {
    const imports = new Map([["shop", "aws_api_gateway_rest_api_put.shop"]]);

    expect(leftToTerraform({ definition, imports })).toMatchObject({
      differences: [],
      notCompared: [
        { place: "shop", reason: expect.stringContaining("apply -replace=aws_api_gateway_rest_api_put.shop`") },
        { place: "stall", reason: expect.stringContaining("`terraform plan` shows it") },
        { place: "orders-dev", field: expect.stringMatching(/usage plans.*roles/) },
      ],
    });
  });

  it("names what only a plan shows of a stack without an API", () => {
    expect(leftToTerraform({ definition: { ...definition, apis: [] }, imports: new Map() }).notCompared).toHaveLength(
      1,
    );
  });
});
