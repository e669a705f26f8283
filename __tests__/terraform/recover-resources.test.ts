import { existsSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../definition/json";
import { IMPORT_FILE } from "../../deploy/recover/import-file";
import type { RecoveredObject } from "../../deploy/recover/recovered-objects";
import { CognitoUserPoolsAuthorizer, HttpIntegration, MockIntegration, RestApi } from "../../modules";
import { synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { changed } from "../support/terraform/plan";
import { checkoutJson, forget, recover } from "../support/terraform/recover";
import { type AwsClient, awsClient } from "../support/twin/client";

const POOL = { arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_users" };
const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
};
const ACCOUNT = "111111111111";
const PLACE = { region: "eu-west-1", accountId: ACCOUNT, assumeRoleArn: `arn:aws:iam::${ACCOUNT}:role/deploy` };
const ITEM = { id: { S: "1" } };

/** One story, in the order of the tests: each goes on from what the one before left. */
describeTerraform("headgate recover for an API of single resources", (provider) => {
  let harness: Harness;
  let shop: Root;
  let client: AwsClient;
  beforeAll(async () => {
    harness = await startHarness(provider);
    client = awsClient(harness.twin.url, { account: ACCOUNT });
    shop = await harness.root("shop");
    checkoutJson(shop, synthShop());
    await shop.init();
  }, 60_000);
  afterAll(() => harness.stop());

  async function outcomes(expectedCode: 0 | 1 = 0): Promise<readonly RecoveredObject[]> {
    const { exitCode, output } = await recover(shop, "--json");
    expect([exitCode, output]).toEqual([expectedCode, expect.stringMatching(/^\{/)]);
    return JSON.parse(output).objects;
  }

  it("leaves all to apply where nothing is in the account", async () => {
    const { exitCode, output } = await recover(shop);
    await shop.apply();

    const [counted, ...named] = output.trim().split("\n");
    expect({ exitCode, counted, last: named.pop() }).toEqual({
      exitCode: 0,
      counted: expect.stringMatching(/^\d+ declared and not in the account: apply makes them$/),
      last: "shop: nothing to import",
    });
    expect(named).toContainEqual(expect.stringMatching(/^ {2}aws_api_gateway_integration\./));
  }, 90_000);

  it("imports every part of the API by what names it, so that apply destroys and replaces nothing", async () => {
    await client.json("dynamodb", "DynamoDB_20120810.PutItem", { TableName: "shop-items", Item: ITEM });
    const before = harness.twin.deployed("shop", "v1").document;
    await forget(shop);

    const objects = await outcomes();
    const actions = changed(await shop.plan()).map(({ type, change }) => `${type} ${change.actions.join("+")}`);
    await shop.applyPlan();

    const anew = objects.filter(({ outcome }) => outcome !== "imported").map(({ type }) => type);
    expect(anew).toEqual(["aws_api_gateway_deployment"]);
    expect(actions.filter((action) => !action.endsWith(" update"))).toEqual([
      "aws_api_gateway_deployment create",
      "terraform_data create",
    ]);
    expect(harness.twin.deployed("shop", "v1").document).toEqual(before);
    expect(await shop.planIsEmpty()).toBe(true);
  }, 120_000);

  it("fails when the import of a table would be followed by its destruction, and leaves the table alone", async () => {
    await forget(shop, (address) => address === "aws_dynamodb_table.items");
    checkoutJson(shop, synthShop({ hashKey: "key" }));

    const [table] = await outcomes(1);

    expect(table).toMatchObject({ outcome: "refused", reason: expect.stringContaining("apply would destroy it") });
    expect(existsSync(join(shop.folder, IMPORT_FILE))).toBe(false);
  }, 60_000);

  it("imports the table with its items once the configuration is as it was", async () => {
    checkoutJson(shop, synthShop());

    const objects = await outcomes();
    await shop.apply();

    const { body } = await client.json("dynamodb", "DynamoDB_20120810.Scan", { TableName: "shop-items" });
    expect(objects.map(({ object }) => object)).toEqual(["shop-items"]);
    expect(body.Items).toEqual([ITEM]);
    expect(await shop.planIsEmpty()).toBe(true);
  }, 90_000);

  it("fails when an interrupted replacement made its object, and names the command that lets it in", async () => {
    await client.query("iam", "CreateRole", {
      RoleName: "shop-2",
      AssumeRolePolicyDocument: JSON.stringify(TRUST),
    });
    checkoutJson(shop, synthShop({ roleName: "shop-2" }));

    const [role] = await outcomes(1);
    await forget(shop, (address) => address === role?.address);
    const objects = await outcomes();
    await shop.apply();

    expect(role).toMatchObject({ outcome: "refused", object: "shop-2" });
    expect(role?.reason).toContain("terraform state rm 'aws_iam_role.shop'");
    expect(objects.map(({ object, outcome }) => [object, outcome])).toEqual([["shop-2", "imported"]]);
    expect(await shop.planIsEmpty()).toBe(true);
  }, 120_000);

  it("fails when the stack has no owner tag: a name alone does not say whose an API is", async () => {
    await forget(shop, (address) => address.startsWith("aws_api_gateway_rest_api."));
    checkoutJson(shop, synthShop({ roleName: "shop-2", hasOwner: false }));

    const [api] = await outcomes(1);

    expect(api).toMatchObject({ outcome: "ambiguous", reason: expect.stringContaining("headgate:stack") });
    expect(api?.candidates).toHaveLength(1);
  }, 60_000);
});

interface Shop {
  readonly hashKey?: string;
  readonly roleName?: string;
  readonly hasOwner?: boolean;
}

function synthShop({ hashKey = "id", roleName = "shop", hasOwner = true }: Shop = {}): JsonObject {
  const terraform = synthApi((stack) => {
    const api = new RestApi(stack, "Api", {
      emission: "resources",
      restApiName: "shop",
      deployOptions: { stageName: "v1" },
    });
    const users = new CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [POOL] });
    const answers = { integrationResponses: [{ statusCode: "200" }] };
    const order = api.addModel("Order", { schema: { type: "object" } });
    api.route(
      "GET /orders/{id}",
      new HttpIntegration("https://orders.example.com", { proxy: false, options: answers }),
      {
        authorizer: users,
      },
    );
    api.route("POST /orders", new MockIntegration(answers), {
      apiKeyRequired: true,
      requestModels: { "application/json": order },
      requestValidatorOptions: { validateRequestBody: true },
    });
    api.addGatewayResponse("Refused", { type: "ACCESS_DENIED", statusCode: "404" });
    const plan = api.addUsagePlan("Plan", { name: "free", apiStages: [{ stage: api.deploymentStage }] });
    plan.addApiKey(api.addApiKey("Key", { apiKeyName: "free" }));
  }, PLACE);
  const { terraform: settings, provider, resource, ...rest } = JSON.parse(JSON.stringify(terraform));
  const { backend: _backend, ...withoutBackend } = settings;
  const [aws] = provider.aws;
  return {
    ...rest,
    terraform: withoutBackend,
    provider: { aws: [hasOwner ? aws : { ...aws, default_tags: [] }] },
    resource: {
      ...resource,
      aws_iam_role: {
        shop: { name: roleName, assume_role_policy: JSON.stringify(TRUST), lifecycle: { create_before_destroy: true } },
      },
      aws_dynamodb_table: {
        items: {
          name: "shop-items",
          billing_mode: "PAY_PER_REQUEST",
          hash_key: hashKey,
          attribute: [{ name: hashKey, type: "S" }],
        },
      },
    },
  };
}
