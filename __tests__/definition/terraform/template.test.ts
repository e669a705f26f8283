import * as fc from "fast-check";

import type { Json, JsonObject } from "../../../definition/json";
import { escapeTemplate } from "../../../definition/terraform/template";
import { scanTemplate, type TemplatePart } from "../../../definition/terraform/template-scanner";
import { plainReference } from "../../../definition/terraform/traversal";
import { hostileText } from "../../support/hostile-text";
import { evaluate } from "./evaluate";

const literal = (text: string): TemplatePart => ({ kind: "literal", text });
const expression = (source: string): TemplatePart => ({ kind: "expression", source });

describe("escapeTemplate", () => {
  it.each([
    ["${a}", "$${a}"],
    ["$${a}", "$$${a}"],
    ["%{if}", "%%{if}"],
    ["%%{", "%%%{"],
    ["$%{", "$%%{"],
    ["%${", "%$${"],
    ["$$ %% {}", "$$ %% {}"],
  ])("writes %j as %j", (text, escaped) => {
    expect(escapeTemplate(text)).toBe(escaped);
  });

  it("gives any text back after evaluation", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        expect(await evaluate(escapeTemplate(text))).toBe(text.normalize("NFC"));
      }),
    );
  });

  it("keeps any text apart from a reference behind it", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const template = `${escapeTemplate(text, "reference")}\${local.value}`;

        expect(await evaluate(template, { locals: { value: "V" } })).toBe(`${text}V`.normalize("NFC"));
      }),
    );
  });
});

describe("scanTemplate", () => {
  it.each<[string, TemplatePart[]]>([
    ["", []],
    ["plain $ % { } text", [literal("plain $ % { } text")]],
    ["a${b.c}d", [literal("a"), expression("b.c"), literal("d")]],
    ["${a.b}${c.d}", [expression("a.b"), expression("c.d")]],
    ["$${a}", [literal("${a}")]],
    ["$$${a}", [literal("$${a}")]],
    [
      "%{ if x }y%{ endif }",
      [{ kind: "directive", source: " if x " }, literal("y"), { kind: "directive", source: " endif " }],
    ],
    ['${f({a = "}"})}', [expression('f({a = "}"})')]],
    ['${"a${"}"}b"}', [expression('"a${"}"}b"')]],
    ['${"\\"}"}', [expression('"\\"}"')]],
    ['${"$${"}', [expression('"$${"')]],
    ["a \n ${~ b.c ~} \n d", [literal("a \n"), expression("b.c"), literal(" d")]],
  ])("splits %j", (text, parts) => {
    expect(scanTemplate(text, "here")).toEqual(parts);
  });

  it.each(["${a", '${"a}', "%{ if", '${f("${x")}'])("fails when the expression in %j never ends", (text) => {
    expect(() => scanTemplate(text, "here")).toThrow(
      expect.objectContaining({ code: "TEMPLATE_BROKEN", place: "here" }),
    );
  });
});

describe("plainReference", () => {
  it.each<[string, (string | number)[] | undefined]>([
    ["aws_sqs_queue.events.arn", ["aws_sqs_queue", "events", "arn"]],
    ["data.aws_region.current.name", ["data", "aws_region", "current", "name"]],
    ["aws_x.get-order_1.settings[0].a", ["aws_x", "get-order_1", "settings", 0, "a"]],
    ["aws_x.y.0.a", ["aws_x", "y", 0, "a"]],
    ['local.map["a b"]', ["local", "map", "a b"]],
    ["true", undefined],
    ["1", undefined],
    ["a.b + 1", undefined],
    ["lower(a.b)", undefined],
    ["a.b[c.d]", undefined],
    ["a.*.b", undefined],
    ['"a"', undefined],
    ["", undefined],
  ])("reads %j", (source, steps) => {
    expect(plainReference(source)).toEqual(steps);
  });
});

describe("templates inside other values", () => {
  it("evaluates members of lists and objects, keys included", async () => {
    const value: JsonObject = { "${local.key}": ["${local.value}", { a: "$${b}" }], n: 1, b: true };

    expect(await evaluate(value, { locals: { key: "k", value: [1, 2] } })).toEqual({
      k: [[1, 2], { a: "${b}" }],
      n: 1,
      b: true,
    });
  });

  it.each<[string, Json]>([
    ["${local.list}", [1, "a"]],
    ["x${local.number}", "x3"],
    ["${local.number}", 3],
    ["${local.yes}!", "true!"],
    ["${local.nested.deep[1]}", "b"],
    ["${local.other}", "3"],
  ])("keeps the type of %j if it is a single expression", async (template, expected) => {
    const locals = { list: [1, "a"], number: 3, yes: true, nested: { deep: ["a", "b"] }, other: "${local.number}" };

    expect(await evaluate(template, { locals: { ...locals, other: "${tostring(local.number)}" } })).toEqual(expected);
  });
});
