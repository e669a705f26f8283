import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Fn, Lazy, Token } from "cdktf";
import type { HeadgateStack } from "../../modules";
import { templateDocument, templateText } from "../../modules/terraform-text";
import { synthApi } from "../../modules/testing";

/** Runs a function with a stack that is never synthesized any further. */
function inStack<Result>(run: (stack: HeadgateStack) => Result): Result {
  const results: Result[] = [];
  synthApi((stack) => results.push(run(stack)));
  const [result] = results;
  if (result === undefined) throw new Error("the stack was not built");
  return result;
}

describe("templateText", () => {
  it.each([
    ["a stage variable", "https://${stageVariables.host}/x", "https://$${stageVariables.host}/x"],
    ["a directive", "%{if true}", "%%{if true}"],
    ["VTL", '#set($a = $input.params("x"))${a}', '#set($a = $input.params("x"))$${a}'],
    ["dollars", "$$ and $1", "$$ and $1"],
  ])("escapes %s", (_name, literal, expected) => {
    expect(inStack((stack) => templateText(stack, literal))).toEqual({ text: expected, references: [] });
  });

  it("keeps tokens as references between escaped literals", () => {
    const template = inStack((stack) => {
      const role = new IamRole(stack, "Role", {
        assumeRolePolicy: "{}",
        name: "r",
        lifecycle: { createBeforeDestroy: true },
      });
      return templateText(stack, `\${a}${role.arn}\${b}${role.arn}`);
    });

    expect(template).toEqual({
      text: "$${a}${aws_iam_role.Role.arn}$${b}${aws_iam_role.Role.arn}",
      references: ["${aws_iam_role.Role.arn}", "${aws_iam_role.Role.arn}"],
    });
  });

  it("writes what a lazy value gives as a literal", () => {
    const template = inStack((stack) => templateText(stack, Lazy.stringValue({ produce: () => "100%{" })));

    expect(template).toEqual({ text: "100%%{", references: [] });
  });
});

describe("templateDocument", () => {
  it("collects each reference of a document once", () => {
    const { document, references } = inStack((stack) => {
      const role = new IamRole(stack, "Role", {
        assumeRolePolicy: "{}",
        name: "r",
        lifecycle: { createBeforeDestroy: true },
      });
      return templateDocument(stack, { a: [role.arn, { b: role.arn }], c: 1, d: null, e: true });
    });

    expect(document).toEqual({
      a: ["${aws_iam_role.Role.arn}", { b: "${aws_iam_role.Role.arn}" }],
      c: 1,
      d: null,
      e: true,
    });
    expect(references).toEqual(["${aws_iam_role.Role.arn}"]);
  });

  it.each([
    ["list", { a: Token.asList(Fn.split(",", "a,b")) }, "$.a is a reference to a list"],
    ["number", { a: { b: Token.asNumber(Fn.lengthOf(["a"])) } }, "$.a.b is a reference to a number"],
    ["map", { a: Token.asStringMap(Fn.merge([])) }, "$.a is a reference to a map"],
  ])("fails when a document holds the token of a %s", (_kind, document, problem) => {
    const build = () => inStack((stack) => templateDocument(stack, document));

    expect(build).toThrow(`TOKEN_NOT_A_STRING: ${problem}`);
  });
});
