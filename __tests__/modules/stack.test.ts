import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  environmentOf,
  HeadgateStack,
  type HeadgateStackProps,
  MockIntegration,
  NodejsFunction,
  RestApi,
} from "../../modules";
import { onlyResource, synthApi, synthStack, terraformSnapshotSerializer } from "../../modules/testing";
import { expectRefusal, findingsOf, token } from "./support/refusals";
import { warningsOf } from "./support/warnings";

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
            default_tags: [{ tags: { environment: "dev", "headgate:stack": "orders-dev" } }],
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

describe("the props of a HeadgateStack", () => {
  /** A stack as code that no compiler has seen declares it. */
  const stackWith = (props: unknown) => () =>
    synthStack((app) => Reflect.construct(HeadgateStack, [app, "orders-dev", props]));
  const accountId = "111111111111";

  it.each<[title: string, props: unknown, code: string, problem: string]>([
    ["there are none", undefined, "STACK_WITHOUT_REGION", "region of the stack must be a literal, got undefined"],
    ["the region is missing", { accountId }, "STACK_WITHOUT_REGION", "got undefined"],
    ["the region is empty", { region: "" }, "STACK_WITHOUT_REGION", 'got ""'],
    ["the region is no text", { region: 1 }, "STACK_WITHOUT_REGION", "got 1"],
    ["the region is a reference", { region: token }, "STACK_WITHOUT_REGION", "got a reference"],
    ["the region is a name", { region: "Ireland" }, "REGION_INVALID", '"Ireland" cannot be an AWS region'],
    ["the region is a zone", { region: "eu-west-1a" }, "REGION_INVALID", '"eu-west-1a"'],
    ["the account is short", { region: "eu-west-1", accountId: "123" }, "ACCOUNT_ID_INVALID", 'got "123"'],
    ["the account is a number", { region: "eu-west-1", accountId: 111111111111 }, "ACCOUNT_ID_INVALID", "got 1111111"],
    [
      "they have AWS CDK's form",
      { env: { region: "eu-west-1" } },
      "STACK_PROP_UNKNOWN",
      'HeadgateStack does not know env: {"region":"eu-west-1"}',
    ],
    ["they hold others", { region: "eu-west-1", account: accountId }, "STACK_PROP_UNKNOWN", `account: "${accountId}"`],
  ])("fails when %s", (_title, props, code, problem) => {
    expectRefusal({ code, problem, build: stackWith(props) });
  });

  it("fails when several are wrong, with all of them and where props belong", () => {
    const findings = findingsOf(stackWith({ env: {}, accountId: "1", region: "Ireland" }));

    expect(findings.map((text) => text.match(/^[A-Z_]+/)?.[0])).toEqual([
      "STACK_PROP_UNKNOWN",
      "ACCOUNT_ID_INVALID",
      "REGION_INVALID",
    ]);
    expect(findings[0]).toContain("region and accountId stand directly in the props, not in env");
    expect(findings[0]).toContain("at orders-dev");
  });

  it("lets a class of the user's have props of its own, and pass them all", () => {
    interface OrdersStackProps extends HeadgateStackProps {
      readonly tableName: string;
    }
    class OrdersStack extends HeadgateStack {
      readonly tableName: string;

      constructor(scope: Construct, id: string, props: OrdersStackProps) {
        super(scope, id, props);
        this.tableName = props.tableName;
      }
    }

    const terraform = synthStack(
      (app) => new OrdersStack(app, "orders-dev", { region: "eu-west-1", tableName: "orders" }),
    );

    expect(terraform.provider).toMatchObject({ aws: [{ region: "eu-west-1" }] });
  });

  it.each(["eu-west-1", "us-gov-east-1", "cn-northwest-1", "eusc-de-east-1", "us-isob-east-1"])(
    "knows %s",
    (region) => {
      expect(warningsOf((stack) => stack, { region })).toEqual([]);
    },
  );

  it("warns of a region that is in no list, with the nearest", () => {
    const [warning] = warningsOf((stack) => stack, { region: "eu-wst-1" });

    expect(warning).toMatch(/^REGION_UNKNOWN: no region "eu-wst-1" .*"eu-west-1"\n {2}at test\n {2}fix: /);
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
