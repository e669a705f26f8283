import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Probe, probeImports } from "../../deploy/recover/probe-imports";
import { RECOVERY_RULES } from "../../deploy/recover/recovery-rules";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { type Terraform, terraform } from "../support/terraform/terraform";
import { awsClient } from "../support/twin/client";

const PROVIDER = {
  requiredProviders: { aws: { source: "aws", version: "5.100.0" } },
  provider: [{ region: "eu-west-1", default_tags: [{ tags: { note: "$${x}" } }] }],
};
const PLACE = { account: "123456789012", region: "eu-west-1", partition: "aws", dnsSuffix: "amazonaws.com" };
const TABLE = { AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }], BillingMode: "PAY_PER_REQUEST" };

/** Arguments that cannot be any word. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  domain_name: "nothing.example.com",
  http_method: "GET",
  policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  response_type: "THROTTLED",
  status_code: "200",
  type: "A",
  zone_id: "Z0000000001",
};

describeTerraform("probeImports", (provider) => {
  let harness: Harness;
  let root: Terraform;
  let folder: string;
  beforeAll(async () => {
    harness = await startHarness(provider);
    folder = join(harness.folder, "stack");
    mkdirSync(folder);
    const settings = { terraform: { required_providers: PROVIDER.requiredProviders } };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(settings));
    root = terraform(folder, harness.environment);
    const client = awsClient(harness.moto.url);
    const KeySchema = [{ AttributeName: "id", KeyType: "HASH" }];
    await client.json("dynamodb", "DynamoDB_20120810.CreateTable", { ...TABLE, TableName: "items", KeySchema });
    await client.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/items" });
  }, 60_000);
  afterAll(() => harness.stop());

  const probe = (probes: readonly Probe[]) =>
    probeImports(probes, PROVIDER, { folder, environment: harness.environment });

  it("fails when the providers of the stack are not installed", async () => {
    await expect(probe([{ address: "a", type: "aws_dynamodb_table", importId: "items" }])).rejects.toThrow(
      /^TERRAFORM_NOT_INITIALIZED: [\s\S]*terraform init/,
    );
  }, 30_000);

  it("tells of all types in one plan what is there and what is not, with the providers of the stack", async () => {
    await root.init();
    const absent = Object.entries(RECOVERY_RULES).flatMap(([type, rule]): readonly Probe[] => {
      if (rule.by !== "id") return [];
      const importId = rule.id({ ...PLACE, argument: (name) => ARGUMENTS[name] ?? "nothing" });
      return [{ address: `${type}.absent`, type, importId }];
    });
    const present: readonly Probe[] = [
      { address: 'module.shop.aws_dynamodb_table.items["a"]', type: "aws_dynamodb_table", importId: "items" },
      { address: "aws_cloudwatch_log_group.items", type: "aws_cloudwatch_log_group", importId: "/items" },
    ];

    const there = await probe([...absent, ...present]);

    expect(absent.length).toBeGreaterThan(25);
    expect([...there].sort()).toEqual(present.map(({ address }) => address).sort());
  }, 120_000);

  it("fails when the provider answers with an error, instead of taking an object for absent", async () => {
    const stop = harness.twin.intercept({
      before: ({ operation }) =>
        operation === "DescribeTable"
          ? {
              status: 400,
              headers: { "content-type": "application/x-amz-json-1.0" },
              body: Buffer.from(JSON.stringify({ __type: "AccessDeniedException", message: "no right to read" })),
            }
          : undefined,
    });

    const outcome = probe([
      { address: "a", type: "aws_dynamodb_table", importId: "items" },
      { address: "b", type: "aws_iam_role", importId: "nobody" },
    ]);

    await expect(outcome).rejects.toThrow(/^TERRAFORM_FAILED: [\s\S]*no right to read/);
    stop();
  }, 60_000);
});
