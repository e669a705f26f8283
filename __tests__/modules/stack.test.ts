import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { environmentOf, HeadgateStack, MockIntegration, NodejsFunction, RestApi } from "../../modules";
import { onlyResource, synthApi, synthStack, terraformSnapshotSerializer } from "../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

describe("HeadgateStack", () => {
  it("has a region, and the account of the credentials in use: minimal", () => {
    const terraform = synthStack((app) => new HeadgateStack(app, "orders-dev", { region: "eu-west-1" }));

    expect(terraform).toMatchSnapshot();
  });

  it("has all that can be said of an environment: everything", () => {
    const terraform = synthStack((app) => {
      const stack = new HeadgateStack(app, "orders-dev", {
        region: "us-gov-west-1",
        accountId: "111111111111",
        assumeRoleArn: "arn:aws-us-gov:iam::111111111111:role/deploy",
        stateBucket: "state",
        quotas: { resourcesPerApi: 600 },
        tags: { environment: "dev" },
      });
      new RestApi(stack, "Api", { restApiName: "orders" }).root.addMethod("GET", new MockIntegration());
      return stack;
    });

    expect(terraform).toMatchSnapshot();
  });

  it("writes region, account, role, tags and a locked state bucket", () => {
    const terraform = synthStack(
      (app) =>
        new HeadgateStack(app, "orders-dev", {
          region: "eu-west-1",
          accountId: "111111111111",
          assumeRoleArn: "arn:aws:iam::111111111111:role/deploy",
          stateBucket: "state",
          tags: { environment: "dev" },
        }),
    );

    expect(terraform).toMatchObject({
      provider: {
        aws: [
          {
            region: "eu-west-1",
            allowed_account_ids: ["111111111111"],
            assume_role: [{ role_arn: "arn:aws:iam::111111111111:role/deploy" }],
            default_tags: [{ tags: { environment: "dev" } }],
          },
        ],
      },
      terraform: {
        backend: {
          s3: { bucket: "state", key: "orders-dev.tfstate", region: "eu-west-1", encrypt: true, use_lockfile: true },
        },
      },
    });
  });

  it("keeps the state beside the project, without an absolute path, when there is no bucket", () => {
    const terraform = synthStack((app) => new HeadgateStack(app, "orders-dev", { region: "eu-west-1" }));

    expect(terraform.terraform).toMatchObject({
      backend: { local: { path: "../../../terraform.orders-dev.tfstate" } },
    });
  });

  it("asks Terraform for the account, once, when the props name none", () => {
    const terraform = synthApi(
      (stack) => {
        new NodejsFunction(stack, "A", { bundle: "a" });
        new NodejsFunction(stack, "B", { bundle: "b" });
      },
      { region: "eu-west-1" },
    );

    expect(Object.keys(terraform.data?.aws_caller_identity ?? {})).toHaveLength(1);
    expect(JSON.stringify(terraform.resource)).toContain("${data.aws_caller_identity.CallerIdentity.account_id}");
  });
});

describe("environmentOf", () => {
  it("reads region and account from the AWS provider of a plain stack", () => {
    const terraform = synthStack((app) => {
      const stack = new TerraformStack(app, "plain");
      new AwsProvider(stack, "aws", { region: "us-east-2", allowedAccountIds: ["222222222222"] });
      new NodejsFunction(stack, "Fn", { bundle: "fn" });
      return stack;
    });

    expect(onlyResource(terraform, "aws_iam_role")).toMatchObject({ name: "plain-fn-us-east-2" });
    expect(JSON.stringify(terraform)).toContain("arn:aws:logs:us-east-2:222222222222:log-group:/aws/lambda/plain-fn:*");
  });

  it("finds the environment of a stack without instanceof", () => {
    synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET", new MockIntegration());

      expect(environmentOf(api.root)).toMatchObject({
        region: "eu-west-1",
        accountId: "111111111111",
        partition: "aws",
      });
    });
  });

  it("fails when the region is not known at synth", () => {
    const build = () =>
      synthStack((app) => {
        const stack = new TerraformStack(app, "plain");
        new NodejsFunction(stack, "Fn", { bundle: "fn" });
        return stack;
      });

    expect(build).toThrow(/^STACK_WITHOUT_REGION: .*\n {2}at plain\/Fn\n {2}fix: extend HeadgateStack/);
  });
});
