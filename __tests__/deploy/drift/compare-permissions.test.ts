import { markUnknown } from "../../../definition/unknown";
import { comparePermission } from "../../../deploy/drift/compare-permissions";
import type { DeclaredPermission } from "../../../deploy/drift/declared-permissions";

const SOURCE = "arn:aws:execute-api:eu-west-1:111111111111:a1/*/GET/orders";
const STATEMENT = {
  Sid: "orders",
  Effect: "Allow",
  Principal: { Service: "apigateway.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Resource: "arn:aws:lambda:eu-west-1:111111111111:function:read:live",
  Condition: { ArnLike: { "AWS:SourceArn": SOURCE } },
};
const declaredWith = (members: Partial<DeclaredPermission> = {}): DeclaredPermission => ({
  address: "aws_lambda_permission.orders",
  functionName: "read",
  qualifier: "live",
  statementId: "orders",
  action: "lambda:InvokeFunction",
  principal: "apigateway.amazonaws.com",
  sourceArn: SOURCE,
  ...members,
});
const compare = (declared: DeclaredPermission, ...statements: readonly (typeof STATEMENT)[]) =>
  comparePermission({ declared, statements: new Map(statements.map((statement) => [statement.Sid, statement])) });

describe("comparePermission", () => {
  it("finds nothing in a statement as it is declared, whoever else is in the policy", () => {
    expect(compare(declaredWith(), STATEMENT, { ...STATEMENT, Sid: "theirs" })).toEqual({
      differences: [],
      notCompared: [],
    });
  });

  it.each([
    ["read", "read:live"],
    ["arn:aws:lambda:eu-west-1:111111111111:function:read", "read:live"],
  ])("names a permission of %s that is missing", (functionName, place) => {
    expect(compare(declaredWith({ functionName }), { ...STATEMENT, Sid: "theirs" }).differences).toEqual([
      { place, field: "permissions.orders", declared: "declared", deployed: "missing" },
    ]);
  });

  it.each([
    ["action", { Action: "lambda:GetFunction" }],
    ["principal", { Principal: { Service: "s3.amazonaws.com" } }],
    ["sourceArn", { Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:execute-api:eu-west-1:1:b2/*" } } }],
  ])("names what a statement has otherwise: %s", (field, members) => {
    const { differences } = compare(declaredWith(), { ...STATEMENT, ...members });

    expect(differences.map((difference) => difference.field)).toEqual([`permissions.orders.${field}`]);
  });

  it.each([
    ["its id is made up", { statementId: undefined }, "its statement id is not in the state"],
    [
      "only AWS knows its function",
      { functionName: markUnknown({ address: "aws_lambda_function.read", attribute: "arn" }) },
      "only AWS knows aws_lambda_function.read.arn",
    ],
  ])("lists a permission as not compared where %s", (_why, members, reason) => {
    expect(compare(declaredWith(members))).toEqual({
      differences: [],
      notCompared: [{ place: "aws_lambda_permission.orders", field: "permission", reason }],
    });
  });
});
