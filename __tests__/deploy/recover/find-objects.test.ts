import { findObjects } from "../../../deploy/recover/find-objects";
import type { Listed } from "../../../deploy/recover/lookups";
import type { MissingResource } from "../../../deploy/recover/missing-resources";

describe("findObjects", () => {
  it("finds an API by its name and the stack's tag", async () => {
    const finding = await find(
      [api()],
      [listed("a", "shop"), listed("b", "other"), { ...listed("c", "shop"), arguments: {} }],
    );

    expect(finding).toMatchObject({ kind: "found", importId: "a", attributes: { id: "a" } });
  });

  it("finds nothing where only others have an API of the name", async () => {
    expect(await find([api()], [listed("a", "other"), listed("b")])).toEqual({ kind: "absent" });
  });

  it("takes no object that the state holds under another address", async () => {
    expect(await find([api()], [listed("a", "shop")], ["aws_api_gateway_rest_api a"])).toEqual({ kind: "absent" });
  });

  it("takes a snapshot only if the state knows the stages that serve it", async () => {
    const stage = "aws_api_gateway_stage ags-a1b2c3-v1";
    const snapshot = { ...listed("d"), servedBy: [stage] };

    expect(await find([api()], [{ ...snapshot, owner: "shop" }])).toEqual({
      kind: "absent",
      reason: expect.stringContaining("stays until its API goes"),
    });
    expect(await find([api()], [{ ...snapshot, owner: "shop" }], [stage])).toMatchObject({ kind: "found" });
  });

  it("leaves it open when two match", async () => {
    const finding = await find([api()], [listed("a", "shop"), listed("b", "shop")]);

    expect(finding).toMatchObject({
      kind: "ambiguous",
      reason: "2 objects match",
      candidates: [{ id: "a" }, { id: "b" }],
    });
  });

  it("leaves it open when two declarations would take the same object", async () => {
    const finding = await find([api(), { ...api(), address: "aws_api_gateway_rest_api.two" }], [listed("a", "shop")]);

    expect(finding).toMatchObject({ kind: "ambiguous", reason: "aws_api_gateway_rest_api.two may be the same" });
  });

  it("leaves it open when nothing says whose an object of the name is", async () => {
    const { owner: _owner, ...untagged } = api();

    expect(await find([untagged], [listed("a")])).toMatchObject({ kind: "ambiguous", candidates: [{ id: "a" }] });
  });

  it("finds parts of an API by name alone, and imports them with the id of the API", async () => {
    const validator: MissingResource = {
      address: "aws_api_gateway_request_validator.body",
      type: "aws_api_gateway_request_validator",
      rule: { by: "lookup", lookup: "requestValidator" },
      criteria: { rest_api_id: "a1b2c3", name: "shop" },
      isPossible: true,
    };

    const found = await find([validator], [listed("v")]);
    const open = await find([validator], [listed("v"), listed("w")]);

    expect(found).toMatchObject({ kind: "found", importId: "a1b2c3/v" });
    expect(open).toMatchObject({ kind: "ambiguous", candidates: [{ importId: "a1b2c3/v" }, { importId: "a1b2c3/w" }] });
  });
});

function api(): MissingResource {
  return {
    address: "aws_api_gateway_rest_api.one",
    type: "aws_api_gateway_rest_api",
    rule: { by: "lookup", lookup: "restApi" },
    criteria: { name: "shop" },
    owner: "shop",
    isPossible: true,
  };
}

function listed(id: string, owner?: string): Listed {
  return { id, arguments: { name: "shop" }, attributes: {}, ...(owner === undefined ? {} : { owner }) };
}

/** What becomes of the first one. */
async function find(missing: readonly MissingResource[], inAccount: readonly Listed[], taken: readonly string[] = []) {
  const stack = { missing, replaced: [], taken: new Set(taken) };
  const findings = await findObjects(stack, new Map(), async () => inAccount);
  return findings.get(missing[0]?.address ?? "");
}
