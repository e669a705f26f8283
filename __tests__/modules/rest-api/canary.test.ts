import { TerraformOutput } from "cdktf";
import { readStackJson } from "../../../definition/terraform/read-stack";
import {
  Deployment,
  MethodLoggingLevel,
  MockIntegration,
  RestApi,
  RetentionDays,
  Stage,
  type StageOptions,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { expectRefusal, type Refusal } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

/** The shop with these routes; what its stage serves is chosen last. */
function shop(
  routes: readonly string[],
  choose: (stage: Stage, api: RestApi) => void = () => undefined,
  deployOptions: StageOptions = {},
): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Shop", { deployOptions: { stageName: "v1", ...deployOptions } });
    for (const route of routes) api.route(route, new MockIntegration());
    choose(api.deploymentStage, api);
  });
}

/** Hashes of the snapshots that the stack keeps, and whether each is the newest one. */
function snapshotsOf(terraform: TerraformJson): Record<string, "newest" | "retained"> {
  return Object.fromEntries(
    Object.entries(resourcesOf(terraform, "aws_api_gateway_deployment")).map(([id, { triggers }]) => {
      const isNewest = String(Reflect.get(Object(triggers), "definition")).startsWith(id.slice(-8));
      return [id.slice(-8), isNewest ? "newest" : "retained"];
    }),
  );
}

/** Hashes of what the stage, and its canary, serve. */
function servedBy(terraform: TerraformJson): { readonly stage: string; readonly canary?: string } {
  const { deployment_id, canary_settings } = onlyResource(terraform, "aws_api_gateway_stage");
  const hash = (reference: unknown) => /_([0-9a-f]{8})\.id\}$/.exec(String(reference))?.[1] ?? String(reference);
  const canary: unknown = Reflect.get(Object(canary_settings), "deployment_id");
  return { stage: hash(deployment_id), ...(canary === undefined ? {} : { canary: hash(canary) }) };
}

const OLD = ["GET /orders"];
const NEW = ["GET /orders", "GET /offers"];
const [first = ""] = Object.keys(snapshotsOf(shop(OLD)));
const [second = ""] = Object.keys(snapshotsOf(shop(NEW)));

describe("a canary (pain 9)", () => {
  const canary = shop(NEW, (stage) => stage.canary({ percentTraffic: 10, baseline: first }));

  it("is the newest snapshot, while the stage serves the old one under its old address", () => {
    expect(servedBy(canary)).toEqual({ stage: first, canary: second });
    expect(snapshotsOf(canary)).toEqual({ [first]: "retained", [second]: "newest" });
    const addressesOf = (terraform: TerraformJson) => Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"));
    expect(addressesOf(canary)).toEqual(expect.arrayContaining(addressesOf(shop(OLD))));
    assertOrderRules(canary);
  });

  it("is promoted by taking the call away: the stage serves the newest snapshot, without settings of a canary", () => {
    const promoted = shop(NEW);

    expect(servedBy(promoted)).toEqual({ stage: second });
    expect(onlyResource(promoted, "aws_api_gateway_stage")).not.toHaveProperty("canary_settings");
    expect(snapshotsOf(promoted)).toEqual({ [second]: "newest" });
  });

  it("is stopped by a rollback to its baseline, while the code is the new one", () => {
    const stopped = shop(NEW, (stage) => stage.rollback(first));

    expect(servedBy(stopped)).toEqual({ stage: first });
    expect(onlyResource(stopped, "aws_api_gateway_stage")).not.toHaveProperty("canary_settings");
    expect(snapshotsOf(stopped)).toEqual({ [first]: "retained", [second]: "newest" });
    assertOrderRules(stopped);
  });

  it("leaves no second snapshot when the code goes back to the baseline: the retained one is the newest again", () => {
    expect(snapshotsOf(shop(OLD, (stage) => stage.rollback(first)))).toEqual({ [first]: "newest" });
  });

  it("may differ from the newest snapshot in variables only", () => {
    const terraform = shop(OLD, (stage) => stage.canary({ percentTraffic: 1.5, variables: { host: "b.example" } }));

    expect(servedBy(terraform)).toEqual({ stage: first, canary: first });
    expect(onlyResource(terraform, "aws_api_gateway_stage").canary_settings).toMatchObject({
      percent_traffic: 1.5,
      stage_variable_overrides: { host: "b.example" },
      use_stage_cache: false,
    });
  });

  it("keeps its logs as long as those of the stage, in groups that exist before the stage", () => {
    const terraform = shop(NEW, (stage) => stage.canary({ percentTraffic: 10, baseline: first }), {
      loggingLevel: MethodLoggingLevel.ERROR,
      executionLogRetention: RetentionDays.ONE_WEEK,
      accessLogRetention: RetentionDays.ONE_YEAR,
    });

    const groups = Object.values(resourcesOf(terraform, "aws_cloudwatch_log_group"));
    expect(
      groups.map(({ name, retention_in_days }) => [String(name).replace(/\$\{.+\}/, "<id>"), retention_in_days]),
    ).toEqual(
      expect.arrayContaining([
        ["API-Gateway-Execution-Logs_<id>/v1/Canary", 7],
        ["/aws/apigateway/Shop/v1/Canary", 365],
      ]),
    );
    expect(groups).toHaveLength(4);
    assertOrderRules(terraform);
  });
});

it("is read back from Terraform with its canary, in spite of snapshots that nothing here can know", async () => {
  const terraform = shop(
    NEW,
    (stage) => stage.canary({ percentTraffic: 10, baseline: first, variables: { host: "b.example" } }),
    { loggingLevel: "ERROR", importExecutionLog: "a1b2c3d4e5" },
  );

  const { apis } = await readStackJson(JSON.parse(JSON.stringify(terraform)), "shop");

  expect(apis.flatMap(({ stages }) => stages)).toEqual([
    expect.objectContaining({
      name: "v1",
      canary: { percentTraffic: 10, variables: { host: "b.example" }, useStageCache: false },
    }),
  ]);
});

describe("a retained snapshot", () => {
  const terraform = synthApi((stack) => {
    const api = new RestApi(stack, "Shop", { restApiName: "shop ${x}", retainDeployments: ["0123abcd"] });
    api.route("GET /orders", new MockIntegration());
  });

  it("is never changed, and never made: it would be one of the newest definition", () => {
    const [id, retained] = Object.entries(resourcesOf(terraform, "aws_api_gateway_deployment")).find(([it]) =>
      it.endsWith("_0123abcd"),
    ) ?? ["", {}];

    expect(id).toMatch(/_0123abcd$/);
    expect(retained).toMatchObject({
      depends_on: [expect.stringMatching(/^aws_api_gateway_rest_api_put\./)],
      lifecycle: {
        create_before_destroy: true,
        ignore_changes: "all",
        postcondition: [
          {
            condition: '${try(startswith(self.triggers["definition"], "0123abcd"), false)}',
            error_message: expect.stringContaining('The API "shop $${x}" has no snapshot 0123abcd to keep.'),
          },
        ],
      },
    });
    assertOrderRules(terraform);
  });

  it("is named by what the deployment says of itself", () => {
    const hash = synthApi((stack) => {
      const api = new RestApi(stack, "Shop", { deploy: false });
      api.route("GET /orders", new MockIntegration());
      const deployment = new Deployment(stack, "Snapshot", { api });
      new Stage(stack, "Stage", { deployment });
      new TerraformOutput(stack, "hash", { value: deployment.definitionHash });
    });

    expect(Object.keys(snapshotsOf(hash))).toEqual([hash.output?.hash?.value]);
  });
});

describe("Deployment", () => {
  it("emits one snapshot: minimal", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Shop", { deploy: false });
      api.route("GET /orders", new MockIntegration());
      new Stage(stack, "Stage", { deployment: new Deployment(stack, "Snapshot", { api }) });
    });

    expect(terraform).toMatchSnapshot();
  });

  it("emits the snapshot and those that it keeps: everything", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Shop", { deploy: false });
      api.route("GET /orders", new MockIntegration());
      const deployment = new Deployment(stack, "Snapshot", {
        api,
        description: "Orders",
        retainDeployments: ["0123abcd", "4567cdef"],
      });
      const stage = new Stage(stack, "Stage", { deployment });
      stage.canary({ percentTraffic: 25, baseline: "0123abcd", variables: { host: "b.example" }, useStageCache: true });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });
});

const REFUSALS: readonly Refusal[] = [
  {
    code: "DEPLOYMENT_HASH_INVALID",
    problem: 'must be 8 digits 0 to 9 and a to f, got "latest"',
    build: () => shop(NEW, (stage) => stage.rollback("latest")),
  },
  {
    code: "DEPLOYMENT_HASH_INVALID",
    problem: 'got "0123ABCD"',
    build: () => shop(NEW, (stage) => stage.canary({ percentTraffic: 10, baseline: "0123ABCD" })),
  },
  {
    code: "DEPLOYMENT_HASH_INVALID",
    problem: 'got ""',
    build: () => shop(NEW, (_, api) => api.latestDeployment?.retain("")),
  },
  {
    code: "CANARY_PERCENT_OUT_OF_RANGE",
    problem: 'percentTraffic of the canary of stage "v1" must be 0 to 100, got 101',
    build: () => shop(NEW, (stage) => stage.canary({ percentTraffic: 101, baseline: first })),
  },
  {
    code: "CANARY_WITHOUT_DIFFERENCE",
    problem: `are both the snapshot ${second}`,
    build: () => shop(NEW, (stage) => stage.canary({ percentTraffic: 10, baseline: second })),
  },
  {
    code: "CANARY_WITHOUT_DIFFERENCE",
    problem: 'the canary of stage "v1" and its baseline',
    build: () => shop(NEW, (stage) => stage.canary({ percentTraffic: 10 })),
  },
  {
    code: "STAGE_SNAPSHOT_AMBIGUOUS",
    problem: 'stage "v1" is told by more than one call',
    build: () =>
      shop(NEW, (stage) => {
        stage.rollback(first);
        stage.canary({ percentTraffic: 10, baseline: first });
      }),
  },
  {
    code: "STAGE_SNAPSHOT_AMBIGUOUS",
    problem: 'stage "v1" is told by more than one call',
    build: () =>
      shop(NEW, (stage) => {
        stage.canary({ percentTraffic: 10, baseline: first });
        stage.canary({ percentTraffic: 20, baseline: first });
      }),
  },
  {
    code: "STAGE_VARIABLE_NAME_INVALID",
    problem: 'got "a-b"',
    build: () => shop(NEW, (stage) => stage.canary({ percentTraffic: 10, baseline: first, variables: { "a-b": "c" } })),
  },
  {
    code: "DEPLOY_OPTIONS_WITHOUT_DEPLOY",
    problem: "so retainDeployments have no effect",
    build: () => synthApi((stack) => new RestApi(stack, "Api", { deploy: false, retainDeployments: [first] })),
  },
];

it.each(REFUSALS)("fails when a snapshot could not be served so: $code, $problem", expectRefusal);
