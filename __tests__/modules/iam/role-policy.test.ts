import {
  AnyPrincipal,
  ArnPrincipal,
  type IPrincipal,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  ServicePrincipal,
} from "../../../modules";
import { onlyResource, synthApi } from "../../../modules/testing";
import { expectRefusal, token } from "../support/refusals";

/** A role that may read many tables, one statement for each. */
function readerOf(tables: number) {
  return synthApi((stack) => {
    const role = new Role(stack, "Reader", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    for (let table = 0; table < tables; table++) {
      const resources = [`arn:aws:dynamodb:eu-west-1:111111111111:table/table-${table}`];
      role.addToPolicy(new PolicyStatement({ actions: ["dynamodb:GetItem"], resources }));
    }
  });
}

describe("the name of a role", () => {
  it.each([
    ["has other characters than IAM knows", "read/er", 'got "read/er"'],
    ["is a reference, from which no ARN follows", token, "must be a literal"],
  ])("fails when it %s", (_, roleName, problem) => {
    expectRefusal({
      code: "ROLE_NAME_INVALID",
      problem,
      build: () =>
        synthApi((stack) => {
          new Role(stack, "Reader", { roleName, assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
        }),
    });
  });
});

describe("the trust of a role", () => {
  it("keeps the variables of IAM as they are written", () => {
    const owner: IPrincipal = {
      ...new ArnPrincipal("arn:aws:iam::111111111111:root"),
      conditions: { StringEquals: { "sts:ExternalId": "${aws:PrincipalTag/team}" } },
    };

    const terraform = synthApi((stack) => new Role(stack, "Reader", { assumedBy: owner }));

    expect(onlyResource(terraform, "aws_iam_role").assume_role_policy).toContain("$${aws:PrincipalTag/team}");
  });
});

describe("the policy of a role", () => {
  it("may be as long as IAM takes it", () => {
    expect(() => readerOf(60)).not.toThrow();
  });

  it.each<[string, PolicyStatementProps]>([
    ["names no action", { resources: ["*"] }],
    ["names no resource", { actions: ["s3:GetObject"], resources: [] }],
    ["names a principal", { actions: ["s3:GetObject"], resources: ["*"], principals: [new AnyPrincipal()] }],
  ])("fails when a statement %s", (problem, statement) => {
    expectRefusal({
      code: "ROLE_STATEMENT_INVALID",
      problem,
      build: () =>
        synthApi((stack) => {
          const role = new Role(stack, "Reader", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
          role.addToPolicy(new PolicyStatement(statement));
        }),
    });
  });

  it("fails when it is longer", () => {
    expectRefusal({
      code: "ROLE_POLICY_TOO_LONG",
      problem: "may have 10240 characters, got 1",
      build: () => readerOf(100),
    });
  });
});
