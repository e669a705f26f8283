import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AwsIntegration,
  type HeadgateStack,
  ManagedPolicy,
  OrganizationPrincipal,
  PolicyDocument,
  PolicyStatement,
  RestApi,
  Role,
  ServicePrincipal,
  ServiceRole,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  resourcesOf,
  synthApi,
  terraformSnapshotSerializer,
} from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

function policyFor(resourceOf: (stack: HeadgateStack) => string) {
  const terraform = synthApi((stack) => {
    const role = new ServiceRole(stack, "Role", { roleName: "worker", service: "lambda.amazonaws.com" });
    role.addToPolicy(new PolicyStatement({ actions: ["x:Do"], resources: [resourceOf(stack)] }));
  });
  const { policy, lifecycle } = onlyResource(terraform, "aws_iam_role_policy");
  return { resource: JSON.parse(String(policy)).Statement[0].Resource, lifecycle };
}

const table = (stack: HeadgateStack, provider?: AwsProvider) =>
  new DynamodbTable(stack, "Orders", {
    name: "orders",
    hashKey: "id",
    attribute: [{ name: "id", type: "S" }],
    ...(provider === undefined ? {} : { provider }),
  });

describe("the policy of a ServiceRole", () => {
  const FIRST = { create_before_destroy: true };

  it("names a table by the ARN that it will have, so that it can outlive a replaced role", () => {
    const { resource, lifecycle } = policyFor((stack) => `${table(stack).arn}/index/by-customer`);

    expect(resource).toEqual(["arn:aws:dynamodb:eu-west-1:111111111111:table/orders/index/by-customer"]);
    expect(lifecycle).toEqual(FIRST);
  });

  it("refers to what only AWS can name, and does not force its flag on it", () => {
    const { resource, lifecycle } = policyFor((stack) => new KmsKey(stack, "Key").arn);

    expect(resource).toEqual([expect.stringMatching(/^\$\{aws_kms_key\.Key(_\w+)?\.arn\}$/)]);
    expect(lifecycle ?? {}).not.toHaveProperty("create_before_destroy");
  });

  it("refers to a table of another provider, which may be in another region", () => {
    const { resource } = policyFor(
      (stack) => table(stack, new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" })).arn,
    );

    expect(resource).toEqual([expect.stringMatching(/^\$\{aws_dynamodb_table\.Orders(_\w+)?\.arn\}$/)]);
  });

  it("keeps literal ARNs as they are", () => {
    const { resource, lifecycle } = policyFor(() => "arn:aws:s3:::bucket/*");

    expect(resource).toEqual(["arn:aws:s3:::bucket/*"]);
    expect(lifecycle).toEqual(FIRST);
  });
});

describe("a ServiceRole", () => {
  it("trusts the service: minimal", () => {
    const terraform = synthApi((stack) => {
      new ServiceRole(stack, "Role", { roleName: "worker", service: "lambda.amazonaws.com" });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("describes itself and may do what it is told: everything", () => {
    const terraform = synthApi((stack) => {
      const service = "states.amazonaws.com";
      const role = new ServiceRole(stack, "Role", { roleName: "worker", service, description: "Works" });
      role.addToPolicy(new PolicyStatement({ actions: ["dynamodb:GetItem"], resources: [table(stack).arn] }));
      role.addToPolicy(new PolicyStatement({ actions: ["kms:Decrypt"], resources: [new KmsKey(stack, "Key").arn] }));
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });
});

describe("a Role", () => {
  it("emits its trust: minimal", () => {
    const terraform = synthApi((stack) => {
      new Role(stack, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("emits all that it can have: everything", () => {
    const terraform = synthApi((stack) => {
      const role = new Role(stack, "Role", {
        assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
        roleName: "worker",
        description: "Works",
      });
      role.addToPolicy(new PolicyStatement({ actions: ["dynamodb:GetItem"], resources: [table(stack).arn] }));
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("is named by its stack, and has no policy while it allows nothing", () => {
    const arns: string[] = [];
    const terraform = synthApi((stack) => {
      arns.push(new Role(stack, "Delivery", { assumedBy: new ServicePrincipal("firehose.amazonaws.com") }).roleArn);
    });

    expect(onlyResource(terraform, "aws_iam_role")).toMatchObject({ name: "test-Delivery-eu-west-1" });
    expect(arns).toEqual(["arn:aws:iam::111111111111:role/test-Delivery-eu-west-1"]);
    expect(resourcesOf(terraform, "aws_iam_role_policy")).toEqual({});
  });

  it("trusts a principal on its conditions", () => {
    const terraform = synthApi((stack) => {
      new Role(stack, "Role", { assumedBy: new OrganizationPrincipal("o-1"), roleName: "shared" });
    });

    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role").assume_role_policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      },
    ]);
  });

  it("allows what is added to a statement after the role has it", () => {
    const terraform = synthApi((stack) => {
      const role = new Role(stack, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
      const statement = new PolicyStatement({ actions: ["s3:GetObject"] });
      role.addToPolicy(statement);
      expect(role.dependencies).toHaveLength(2);
      statement.addResources("arn:aws:s3:::b/*");
    });

    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/*"] },
    ]);
  });

  it("has what its inline policies say in its one policy, also what is added to them later", () => {
    const document = new PolicyDocument({
      statements: [new PolicyStatement({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] })],
    });
    const terraform = synthApi((stack) => {
      const role = new Role(stack, "Role", {
        assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
        inlinePolicies: { Read: document },
      });
      role.addToPolicy(new PolicyStatement({ actions: ["sns:Publish"], resources: ["arn:aws:sns:eu-west-1:1:t"] }));
      document.addStatements(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [table(stack).arn] }));
    });

    const { Statement } = JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy));
    expect(Statement).toMatchObject([
      { Action: ["sns:Publish"] },
      { Action: ["s3:GetObject"] },
      { Action: ["sqs:SendMessage"], Resource: ["arn:aws:dynamodb:eu-west-1:111111111111:table/orders"] },
    ]);
  });

  it("is given policies of AWS, of the account and of the stack, each once, before it is used", () => {
    const terraform = synthApi((stack) => {
      const role = new Role(stack, "Role", {
        assumedBy: new ServicePrincipal("apigateway.amazonaws.com"),
        managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("ReadOnlyAccess")],
      });
      role.addManagedPolicy({ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
      role.addManagedPolicy(ManagedPolicy.fromManagedPolicyName(stack, "Theirs", "team/orders"));
      role.addManagedPolicy(ManagedPolicy.fromManagedPolicyArn(stack, "Other", "arn:aws:iam::1:policy/other"));
      role.addManagedPolicy(new IamPolicy(stack, "Own", { name: "own", policy: "{}" }));
      new RestApi(stack, "Api").root.addMethod(
        "GET",
        new AwsIntegration({ service: "sns", action: "ListTopics", options: { credentialsRole: role } }),
      );
    });

    const given = Object.values(resourcesOf(terraform, "aws_iam_role_policy_attachment"));
    const first = { create_before_destroy: true };
    expect(Object.fromEntries(given.map(({ policy_arn, lifecycle }) => [String(policy_arn), lifecycle]))).toEqual({
      "arn:aws:iam::aws:policy/ReadOnlyAccess": first,
      "arn:aws:iam::111111111111:policy/team/orders": first,
      "arn:aws:iam::1:policy/other": first,
      "${aws_iam_policy.Own.arn}": undefined,
    });
    expect(given).toHaveLength(4);
    assertOrderRules(terraform);
  });
});
