import { z } from "zod";
import { Model } from "../../../modules";
import { matchers, modelViolationOf } from "../../../modules/testing";

expect.extend(matchers);

const ORDER = Model.fromZod(
  "Order",
  z.strictObject({ lines: z.array(z.object({ sku: z.string() }).meta({ id: "Line2" })) }),
);

describe("toAccept", () => {
  it("says whether a model lets a payload pass", () => {
    expect(ORDER).toAccept({ lines: [{ sku: "a" }] });
    expect(ORDER).not.toAccept({ lines: [{}] });
  });

  it("fails when a payload does not follow the model, and says why", () => {
    expect(() => expect(ORDER).toAccept({ lines: [{}] })).toThrow(
      "expected the model Order to accept {\"lines\":[{}]}, but /lines/0 must have required property 'sku'",
    );
  });

  it("fails when a payload follows the model that should refuse it", () => {
    expect(() => expect(ORDER).not.toAccept({ lines: [] })).toThrow('expected the model Order to refuse {"lines":[]}');
  });
});

describe("modelViolationOf", () => {
  it("takes the models that a model refers to", () => {
    const page = { modelName: "Page", contentType: "application/json", schema: { $ref: "#/components/schemas/Order" } };

    expect(modelViolationOf(page, { lines: [] }, [ORDER])).toBeUndefined();
    expect(modelViolationOf(page, {}, [ORDER])).toBe("body must have required property 'lines'");
  });

  it("fails when a model refers to one that is not there", () => {
    const page = { modelName: "Page", contentType: "application/json", schema: { $ref: "#/components/schemas/Order" } };

    expect(() => modelViolationOf(page, {})).toThrow('the model "Page" cannot be compiled');
  });
});
