import {
  AccountPrincipal,
  AnyPrincipal,
  ArnPrincipal,
  Effect,
  OrganizationPrincipal,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
} from "../../../modules";

const [ONE, TWO] = [new OrganizationPrincipal("o-1"), new OrganizationPrincipal("o-2")];
const OTHERS = { "aws:PrincipalOrgID": "o-2" };

describe("PolicyStatement", () => {
  it("is written with sorted, distinct actions", () => {
    const statement = new PolicyStatement({
      actions: ["s3:PutObject", "s3:GetObject", "s3:PutObject"],
      resources: ["arn:aws:s3:::b/*"],
    });

    expect(statement.toJSON()).toEqual({
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: ["arn:aws:s3:::b/*"],
    });
  });

  it("is written whole", () => {
    const statement = new PolicyStatement({
      sid: "Office",
      effect: Effect.DENY,
      actions: ["execute-api:Invoke"],
      resources: ["execute-api:/*"],
      principals: [
        new ArnPrincipal("arn:aws:iam::111111111111:role/a"),
        new AccountPrincipal("222222222222"),
        new ServicePrincipal("events.amazonaws.com"),
      ],
      conditions: { NotIpAddress: { "aws:SourceIp": ["10.0.0.0/8"] } },
    });

    expect(statement.toJSON()).toEqual({
      Sid: "Office",
      Effect: "Deny",
      Action: ["execute-api:Invoke"],
      Resource: ["execute-api:/*"],
      Principal: { AWS: ["arn:aws:iam::111111111111:role/a", "222222222222"], Service: ["events.amazonaws.com"] },
      Condition: { NotIpAddress: { "aws:SourceIp": ["10.0.0.0/8"] } },
    });
  });

  it("grows, as in AWS CDK", () => {
    const statement = new PolicyStatement({ actions: ["execute-api:Invoke"], conditions: { Bool: { a: "true" } } });

    statement.addActions("execute-api:ManageConnections");
    statement.addAllResources();
    statement.addPrincipals(new OrganizationPrincipal("o-1"));
    statement.addConditions({ Bool: { b: "false" }, IpAddress: { "aws:SourceIp": ["10.0.0.0/8"] } });

    expect(statement.toJSON()).toEqual({
      Effect: "Allow",
      Action: ["execute-api:Invoke", "execute-api:ManageConnections"],
      Resource: ["*"],
      Principal: "*",
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": "o-1" },
        Bool: { a: "true", b: "false" },
        IpAddress: { "aws:SourceIp": ["10.0.0.0/8"] },
      },
    });
  });

  it("keeps the conditions of its principals beside its own", () => {
    const statement = new PolicyStatement({
      principals: [new OrganizationPrincipal("o-1")],
      conditions: { StringEquals: { "aws:SourceVpce": "vpce-1" }, Bool: { "aws:SecureTransport": "true" } },
    });
    statement.addCondition("StringEquals", { "aws:PrincipalOrgID": "o-1", "aws:SourceVpc": "vpc-1" });
    statement.addAnyPrincipal();

    expect(statement.toJSON().Condition).toEqual({
      StringEquals: { "aws:PrincipalOrgID": "o-1", "aws:SourceVpce": "vpce-1", "aws:SourceVpc": "vpc-1" },
      Bool: { "aws:SecureTransport": "true" },
    });
  });

  it.each([
    ["the principals", () => new PolicyStatement({ principals: [ONE, TWO] })],
    ["a principal that is added", () => new PolicyStatement({ principals: [ONE] }).addPrincipals(TWO)],
    ["a condition", () => new PolicyStatement({ principals: [ONE], conditions: { StringEquals: OTHERS } })],
    [
      "a condition that is added",
      () => new PolicyStatement({ principals: [ONE] }).addCondition("StringEquals", OTHERS),
    ],
  ])("fails when %s would take the place of another condition", (_, build) => {
    expect(build).toThrow(
      /^POLICY_CONDITION_CONTRADICTION: StringEquals of aws:PrincipalOrgID is "o-1" and "o-2".+\n.+\n {2}fix: give each/,
    );
  });

  it("speaks of all but some", () => {
    const statement = new PolicyStatement({
      effect: Effect.DENY,
      notActions: ["execute-api:Invoke"],
      notResources: ["execute-api:/prod/*"],
      notPrincipals: [new AccountPrincipal("222222222222")],
    });

    expect(statement.toJSON()).toEqual({
      Effect: "Deny",
      NotAction: ["execute-api:Invoke"],
      NotResource: ["execute-api:/prod/*"],
      NotPrincipal: { AWS: ["222222222222"] },
    });
  });

  it("speaks of anybody", () => {
    const statement = new PolicyStatement({
      actions: ["execute-api:Invoke"],
      resources: ["execute-api:/*"],
      principals: [new AnyPrincipal()],
    });

    expect(statement.toJSON()).toMatchObject({ Principal: "*" });
  });
});

describe("PolicyDocument", () => {
  it("collects statements", () => {
    const document = new PolicyDocument();

    expect(document.isEmpty).toBe(true);
    document.addStatements(new PolicyStatement({ actions: ["a:B"], resources: ["*"] }));

    expect(document.isEmpty).toBe(false);
    expect(document.toJSON()).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["a:B"], Resource: ["*"] }],
    });
  });
});
