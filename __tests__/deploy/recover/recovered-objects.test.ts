import type { Finding } from "../../../deploy/recover/find-objects";
import type { MissingResource } from "../../../deploy/recover/missing-resources";
import { describeObjects } from "../../../deploy/recover/recovered-objects";
import { RECOVERY_RULES } from "../../../deploy/recover/recovery-rules";

describe("describeObjects", () => {
  it("imports a snapshot although apply destroys it: nothing is lost", () => {
    expect(outcomeOf("aws_api_gateway_deployment", { isDestroyed: true })).toEqual({
      outcome: "imported",
      object: "a1b2c3",
      reason: expect.stringContaining("apply takes another one"),
    });
  });

  it("refuses the import of all else that apply would destroy", () => {
    expect(outcomeOf("aws_dynamodb_table", { isDestroyed: true })).toEqual({
      outcome: "refused",
      object: "a1b2c3",
      reason: expect.stringContaining("apply would destroy it"),
    });
  });

  it("says nothing more of what is imported and kept", () => {
    expect(outcomeOf("aws_dynamodb_table", { isDestroyed: false })).toEqual({ outcome: "imported", object: "a1b2c3" });
  });

  it("names the import ids of what may be it", () => {
    const one = {
      id: "d1",
      importId: "a1b2c3/d1",
      arguments: {},
      attributes: {},
      createdAt: "2026-01-31T12:00:00.000Z",
    };
    const finding: Finding = { kind: "ambiguous", reason: "1 object matches", candidates: [one] };

    const [object] = describeObjects([missing("aws_api_gateway_deployment")], {
      findings: new Map([["aws_api_gateway_deployment.shop", finding]]),
      imports: [],
      destroyed: new Set(),
    });

    expect(object?.candidates).toEqual([{ id: "a1b2c3/d1", createdAt: "2026-01-31T12:00:00.000Z" }]);
  });
});

function outcomeOf(type: string, { isDestroyed }: { readonly isDestroyed: boolean }) {
  const resource = missing(type);
  const { address } = resource;
  const [object] = describeObjects([resource], {
    findings: new Map(),
    imports: [{ address, importId: "a1b2c3" }],
    destroyed: new Set(isDestroyed ? [address] : []),
  });
  const { address: _address, type: _type, ...rest } = object ?? {};
  return rest;
}

function missing(type: string): MissingResource {
  const rule = RECOVERY_RULES[type];
  if (rule === undefined) throw new Error(`no rule for ${type}`);
  return { address: `${type}.shop`, type, rule, isPossible: true };
}
