import type { JsonObject } from "../../../definition/json";
import { literalProvider } from "../../../deploy/recover/literal-provider";

describe("literalProvider", () => {
  it("writes settings out, so that they stand for themselves in another folder", async () => {
    const { provider } = await read({
      locals: { region: "eu-west-1" },
      provider: { aws: [{ region: "${local.region}", default_tags: [{ tags: { note: "$${x}" } }] }] },
    });

    expect(provider).toEqual([{ region: "eu-west-1", default_tags: [{ tags: { note: "$${x}" } }] }]);
  });

  it("keeps the version of the provider", async () => {
    const aws = { source: "aws", version: "5.100.0" };

    expect((await read({ terraform: { required_providers: { aws } } })).requiredProviders).toEqual({ aws });
  });

  it("fails when a setting depends on a resource", async () => {
    const provider = { aws: [{ region: "${aws_ssm_parameter.region.value}" }] };
    const resource = { aws_ssm_parameter: { region: { name: "/region" } } };

    await expect(read({ provider, resource })).rejects.toThrow(/^PROVIDER_NOT_KNOWN: .*aws_ssm_parameter\.region/);
  });
});

function read(content: JsonObject) {
  return literalProvider({ name: "shop", content });
}
