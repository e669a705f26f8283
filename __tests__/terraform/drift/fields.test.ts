import { TagResourceCommand } from "@aws-sdk/client-api-gateway";
import type { DriftReport } from "../../../deploy/drift/find-drift";
import { findDrift } from "../../../deploy/drift/find-drift";
import { inEnvironment } from "../../support/in-environment";
import { describeTerraform } from "../../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../../support/terraform/harness";
import { roleCredentials } from "../../support/terraform/pipeline-project";
import type { RestApiProperties, RestApiRecord } from "../../support/twin/rest-api";
import { type Account, accountOf } from "./account";
import { PART_ROWS, type PartRow } from "./changed-parts";
import { API_PATCHES, CANARY_PATCHES, FUNCTION_CHANGES, SETTING_PATCHES, STAGE_PATCHES } from "./changed-settings";
import { PLACE } from "./place";
import { shopDefinition } from "./shop-definition";
import { writeShopStack } from "./shop-stack";

/** One row of each kind of part. */
const TELLING = [
  "method: authorizationType",
  "integration: timeoutMillis",
  "integration response: selectionPattern",
  "method response: responseModels",
  "model: schema",
  "validator: validateRequestBody",
  "authorizer: identityValidationExpression",
  "gateway response: statusCode",
];

/** One apply serves all rows: each changes one thing in the account, and what the APIs were is put back. */
describeTerraform("headgate drift, when one field is changed behind Terraform's back", (provider) => {
  let harness: Harness;
  let root: Root;
  let account: Account;
  let restore: () => void;
  beforeAll(async () => {
    harness = await startHarness(provider);
    root = await harness.root("shop");
    root.checkout(writeShopStack());
    await root.init();
    await root.apply();
    account = accountOf(harness.twin.url, await roleCredentials(harness, PLACE.accountId));
    await account.publishLayer("other");
    restore = keepApis(harness.twin.apis());
  }, 180_000);
  afterEach(() => restore());
  afterAll(() => harness.stop());

  const apiId = (name: string) => harness.twin.apis().find(({ properties }) => properties.name === name)?.id ?? "";
  const drift = (): Promise<DriftReport> =>
    inEnvironment(harness.environment, () => findDrift({ folder: root.folder }));
  const found = async () => (await drift()).differences.map(({ place, field }) => `${place} ${field}`);

  it("finds nothing where nothing was changed, and lists what it cannot compare", async () => {
    const { differences, notCompared } = await drift();

    expect(differences).toEqual([]);
    expect(notCompared.map(({ place, field }) => `${place} ${field}`)).toEqual([
      "shop/v1 models.Unused",
      "shop/v1 apiKeySource, disableExecuteApiEndpoint, minimumCompressionSizeBytes of the snapshot",
      "shop/v1 descriptions, titles and examples",
      "shop/next definition",
      "stall/v1 models.Unused",
      "stall/v1 apiKeySource, disableExecuteApiEndpoint, minimumCompressionSizeBytes of the snapshot",
      "stall/v1 descriptions, titles and examples",
      "shop definition of the API itself, which no stage serves yet",
      "stall definition of the API itself, which no stage serves yet",
      "shop usage plans, API keys, roles, tables, queues and all else",
    ]);
  });

  it("brings back by its advice what another document has left in the API and behind a stage", async () => {
    const declared = shopDefinition();
    const other = { ...declared, methods: declared.methods.slice(1) };
    const documentOfShop = () => harness.twin.apis().find(({ id }) => id === apiId("shop"))?.document;
    const before = documentOfShop();
    await account.deploy(apiId("shop"), "v1", other, other);
    const { advice } = await drift();
    const isForeign = JSON.stringify(documentOfShop()) !== JSON.stringify(before);

    const [, flag = ""] = /terraform apply (-replace=\S+shop), /.exec(advice.join("\n")) ?? [];
    const { exitCode } = await root.run("apply", "-input=false", "-auto-approve", "-no-color", flag);

    expect({ advice: advice.length, isForeign, exitCode }).toEqual({ advice: 1, isForeign: true, exitCode: 0 });
    expect(await found()).toEqual([]);
    expect(documentOfShop()).toEqual(before);
  }, 90_000);

  describe.each(["shop", "stall"])("in a snapshot of %s", (name) => {
    it.each(rowsFor(name))("names it and the deployment alone: %s", async (_name, { named, change }) => {
      const declared = shopDefinition({ name });
      await account.deploy(apiId(name), "v1", change(declared), declared);

      expect(await found()).toEqual(expectedOf(`${name}/v1`, ["deploymentId", ...named]));
    });
  });

  it("names a part of an API of single resources that was changed in its place, and deployed", async () => {
    const timeout = (value: string) => ({ op: "replace", path: "/timeoutInMillis", value }) as const;
    await account.updateIntegration(apiId("stall"), "/orders", "GET", timeout("1000"));
    await account.deployAsItIs(apiId("stall"), "v1");

    const named = await found();

    await account.updateIntegration(apiId("stall"), "/orders", "GET", timeout("29000"));
    expect(named).toEqual(["stall/v1 deploymentId", "stall/v1 GET /orders integration.timeoutMillis"]);
  });

  it.each(Object.entries(API_PATCHES))("names it alone in an API: %s", async (_name, [field, patch]) => {
    await account.updateApi(apiId("shop"), patch);

    expect(await found()).toEqual([`shop ${field}`]);
  });

  it.each([
    ["shop", ""],
    ["shop/v1", "/stages/v1"],
  ])("names a tag alone: %s", async (place, path) => {
    const resourceArn = `arn:aws:apigateway:${PLACE.region}::/restapis/${apiId("shop")}${path}`;
    await account.apiGateway.send(new TagResourceCommand({ resourceArn, tags: { owner: "nobody" } }));

    expect(await found()).toEqual([`${place} tags.owner`]);
  });

  it.each(Object.entries(STAGE_PATCHES))("names it alone in a stage: %s", async (_name, [field, patch]) => {
    await account.updateStage(apiId("shop"), "v1", patch);

    expect(await found()).toEqual([`shop/v1 ${field}`]);
  });

  it.each(Object.entries(CANARY_PATCHES))("names it alone in a canary: %s", async (_name, [field, patch]) => {
    await account.updateStage(apiId("shop"), "next", patch);

    expect(await found()).toEqual([`shop/next ${field}`]);
  });

  describe.each([
    ["all routes", "/*/*", "shop/v1"],
    ["one route", "/orders/GET", "shop/v1 GET /orders"],
  ])("in the settings of %s", (_which, path, place) => {
    it.each(Object.entries(SETTING_PATCHES))("names it alone: %s", async (_name, [field, patch]) => {
      await account.updateStage(apiId("shop"), "v1", { ...patch, path: `${path}${patch.path}` });

      expect(await found()).toEqual([`${place} ${field}`]);
    });
  });

  it("names what was set for a route, or made as a stage, that nobody declared", async () => {
    const shop = harness.twin.apis().find(({ id }) => id === apiId("shop"));
    await account.updateStage(apiId("shop"), "v1", {
      op: "replace",
      path: "/carts/GET/throttling/rateLimit",
      value: "1",
    });
    shop?.stages.set("test", { ...must(shop.stages.get("v1")), stageName: "test" });

    expect(await found()).toEqual(["shop/v1 GET /carts methodSettings", "shop/test stage"]);
  });

  it.each(Object.entries(FUNCTION_CHANGES))("names it alone in a function: %s", async (_name, [field, change]) => {
    const before = await account.liveVersion();
    await account.updateFunction(change);

    const named = await found();

    await account.moveAlias(before);
    expect(named).toEqual([`shop-read:live ${field}`]);
  });

  it("names other code, and another version of it that takes a share of the calls", async () => {
    const before = await account.liveVersion();
    await account.updateCode("exports.handler = async () => 2;");
    const other = await account.liveVersion();
    const withOtherCode = await found();
    await account.moveAlias(before, { [other]: 0.1 });
    const withOtherVersion = await found();

    await account.moveAlias(before);
    expect([withOtherCode, withOtherVersion]).toEqual([["shop-read:live code"], [`shop-read:live routing.${other}`]]);
  });

  it("names a permission that was taken away, which a plan shows, too", async () => {
    const sourceOf = (id: string) => `arn:aws:execute-api:${PLACE.region}:${PLACE.accountId}:${id}/*/*`;
    await account.removePermission("shop-may-call");
    const whenMissing = await found();
    const isPlanned = !(await root.planIsEmpty());
    await account.addPermission("shop-may-call", sourceOf("other"));
    const whenForAnother = await found();

    await account.removePermission("shop-may-call");
    await account.addPermission("shop-may-call", sourceOf(apiId("shop")));
    expect({ whenMissing, isPlanned, whenForAnother }).toEqual({
      whenMissing: ["shop-read:live permissions.shop-may-call"],
      isPlanned: true,
      whenForAnother: ["shop-read:live permissions.shop-may-call.sourceArn"],
    });
    expect(await found()).toEqual([]);
  }, 60_000);

  it("shows no secret, but that it is another one", async () => {
    await account.updateStage(apiId("shop"), "v1", { op: "replace", path: "/variables/api_token", value: "caught" });

    const { differences } = await drift();

    expect(differences).toEqual([
      {
        place: "shop/v1",
        field: "variables.api_token",
        declared: expect.stringMatching(/^\(masked [0-9a-f]{8}\)$/),
        deployed: expect.stringMatching(/^\(masked [0-9a-f]{8}\)$/),
      },
    ]);
  });
});

/** Both emissions are compared by the same code; an export of single resources is made of another source. */
function rowsFor(name: string): readonly (readonly [string, PartRow])[] {
  const rows = Object.entries(PART_ROWS);
  const isWhole = name === "shop" || process.env.DEPLOY_TESTS === "all";
  return isWhole ? rows : rows.filter(([row]) => TELLING.includes(row));
}

function expectedOf(stage: string, named: readonly string[]): readonly string[] {
  return named.map((field) => `${stage} ${field}`);
}

/** What the APIs are now; call the result to put it back. */
function keepApis(apis: readonly RestApiRecord[]): () => void {
  const kept = apis.map((api) => {
    const { properties, document } = api;
    return { api, properties: structuredClone(properties), document, stages: [...api.stages] };
  });
  return () => {
    for (const { api, properties, document, stages } of kept) {
      api.properties = properties satisfies RestApiProperties;
      api.document = document;
      api.stages.clear();
      for (const [name, stage] of stages) api.stages.set(name, stage);
    }
  };
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("there is none");
  return value;
}
