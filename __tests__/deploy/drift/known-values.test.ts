import type { JsonObject } from "../../../definition/json";
import { unknownsIn } from "../../../definition/unknown";
import { knownFrom } from "../../../deploy/drift/known-values";
import { parseState } from "../../../deploy/terraform/terraform-state";

function knownOf(type: string, attributes: JsonObject, mode = "managed") {
  const resources = [{ mode, type, name: "a", instances: [{ attributes }] }];
  return knownFrom(parseState(JSON.stringify({ version: 4, resources }), "state"));
}

describe("what a state knows of a declared stack", () => {
  it("is the ids that only AWS can mint", () => {
    const known = knownOf("aws_api_gateway_rest_api", { id: "a1b2c3", name: "former" });

    expect(known.argument("aws_api_gateway_rest_api.a", "id")).toEqual({ value: "a1b2c3", isComplete: true });
  });

  it("is no argument of what is compared, because the configuration is what counts", () => {
    const known = knownOf("aws_api_gateway_rest_api", { id: "a1b2c3", name: "former" });

    expect(known.argument("aws_api_gateway_rest_api.a", "name")).toBeUndefined();
  });

  it("is an unknown where the state lacks an id", () => {
    const known = knownOf("aws_api_gateway_rest_api", {});

    expect(unknownsIn(known.argument("aws_api_gateway_vpc_link.b", "id")?.value)).toEqual([
      { address: "aws_api_gateway_vpc_link.b", attribute: "id" },
    ]);
  });

  it("is what else the configuration refers to", () => {
    const known = knownOf("aws_cognito_user_pool", { arn: "arn:pool" });

    expect(known.argument("aws_cognito_user_pool.a", "arn")).toEqual({ value: "arn:pool", isComplete: true });
  });

  it("is what another stack has given out", () => {
    const outputs = { value: { pool: "arn:pool" }, type: ["object", { pool: "string" }] };
    const known = knownOf("terraform_remote_state", { outputs }, "data");

    expect(known.argument("data.terraform_remote_state.a", "outputs")?.value).toEqual({ pool: "arn:pool" });
  });
});
