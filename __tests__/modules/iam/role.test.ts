import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type HeadgateStack, PolicyStatement, ServiceRole } from "../../../modules";
import { onlyResource, synthApi } from "../../../modules/testing";

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
