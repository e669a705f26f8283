import type { JsonObject } from "../../../definition/json";
import { type AccountFacts, readMissing } from "../../../deploy/recover/missing-resources";
import { parseState } from "../../../deploy/terraform/terraform-state";

const FACTS: AccountFacts = { account: "111111111111", found: new Map() };
const ROLE = { aws_iam_role: { shop: { name: "shop-2" } } };

describe("readMissing", () => {
  it("finds nothing where the state holds all that is declared", async () => {
    const { missing, replaced } = await compare({ resource: ROLE }, { aws_iam_role: { shop: { name: "shop-2" } } });

    expect({ missing, replaced }).toEqual({ missing: [], replaced: [] });
  });

  it("tells by what a missing object would be imported", async () => {
    const { missing } = await compare({ resource: ROLE });

    expect(missing).toMatchObject([{ address: "aws_iam_role.shop", importId: "shop-2", isPossible: true }]);
  });

  it("takes what has moved in the configuration for known", async () => {
    const moved = [{ from: "aws_iam_role.store", to: "aws_iam_role.shop" }];

    const { missing } = await compare({ resource: ROLE, moved }, { aws_iam_role: { store: { name: "shop-2" } } });

    expect(missing).toEqual([]);
  });

  it("tells what apply puts in the place of another object", async () => {
    const { replaced } = await compare({ resource: ROLE }, { aws_iam_role: { shop: { name: "shop" } } });

    expect(replaced).toMatchObject([{ address: "aws_iam_role.shop", importId: "shop-2", formerId: "shop" }]);
  });

  it("goes by what the configuration says, where names of others are referred to", async () => {
    const policy = { aws_iam_role_policy: { shop: { role: "${aws_iam_role.shop.name}", name: "p" } } };

    const { missing } = await compare(
      { resource: { ...ROLE, ...policy } },
      { aws_iam_role: { shop: { name: "shop" } } },
    );

    expect(missing).toMatchObject([{ importId: "shop-2:p" }]);
  });

  it("takes ids that AWS minted from the state", async () => {
    const api = { aws_api_gateway_rest_api: { shop: { name: "shop" } } };
    const stage = { shop: { rest_api_id: "${aws_api_gateway_rest_api.shop.id}", stage_name: "v1" } };
    const resource = { ...api, aws_api_gateway_stage: stage };

    const { missing } = await compare({ resource }, { aws_api_gateway_rest_api: { shop: { id: "a1b2c3" } } });

    expect(missing).toMatchObject([{ type: "aws_api_gateway_stage", importId: "a1b2c3/v1" }]);
  });

  it("does not look for parts of what is not there", async () => {
    const api = { aws_api_gateway_rest_api: { shop: { name: "shop" } } };
    const stage = { shop: { rest_api_id: "${aws_api_gateway_rest_api.shop.id}", stage_name: "v1" } };

    const { missing } = await compare({ resource: { ...api, aws_api_gateway_stage: stage } });

    expect(missing[1]).toMatchObject({ type: "aws_api_gateway_stage", isPossible: false });
    expect(missing[1]).not.toHaveProperty("importId");
  });

  it("knows the account of the credentials", async () => {
    const { missing } = await compare({
      provider: { aws: [{ region: "cn-north-1" }] },
      resource: { aws_sqs_queue: { events: { name: "events" } } },
    });

    expect(missing).toMatchObject([{ importId: "https://sqs.cn-north-1.amazonaws.com.cn/111111111111/events" }]);
  });

  it("counts instances one by one", async () => {
    const { missing } = await compare({
      resource: { aws_cloudwatch_log_group: { logs: { for_each: { a: "/a", b: "/b" }, name: "${each.value}" } } },
    });

    expect(missing.map(({ address, importId }) => [address, importId])).toEqual([
      ['aws_cloudwatch_log_group.logs["a"]', "/a"],
      ['aws_cloudwatch_log_group.logs["b"]', "/b"],
    ]);
  });

  it("reads the owner from the provider's tags, and the resource's own win", async () => {
    const tags = (owner: string) => ({ tags: { "headgate:stack": owner } });
    const resource = { aws_api_gateway_rest_api: { one: { name: "one" }, two: { name: "two", ...tags("other") } } };

    const { missing } = await compare({ provider: { aws: [{ default_tags: [tags("shop-dev")] }] }, resource });

    expect(missing.map(({ owner }) => owner)).toEqual(["shop-dev", "other"]);
  });

  it("does not look for snapshots that are kept: nothing tells which one it is", async () => {
    const kept = { rest_api_id: "a1b2c3", triggers: { definition: "retained" } };

    const { missing } = await compare({ resource: { aws_api_gateway_deployment: { kept } } });

    expect(missing).toMatchObject([{ rule: { by: "none", isLost: true }, isPossible: true }]);
  });
});

type ByName = Readonly<Record<string, JsonObject>>;

function compare(content: JsonObject, inState: Readonly<Record<string, ByName>> = {}) {
  const resources = Object.entries(inState).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, attributes]) => ({ mode: "managed", type, name, instances: [{ attributes }] })),
  );
  return readMissing({ name: "shop", content }, parseState(JSON.stringify({ version: 4, resources }), "state"), FACTS);
}
