import { TerraformOutput } from "cdktf";
import {
  AccountLogging,
  Deployment,
  Duration,
  HeadgateStack,
  MethodLoggingLevel,
  type MethodOptions,
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
  synthStack,
  TEST_STACK_PROPS,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { expectRefusal, type Refusal, stage } from "../support/refusals";
import { warningsOf } from "../support/warnings";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const KEY = { arn: "arn:aws:kms:eu-west-1:111111111111:key/0a1b" };

function synthStage(deployOptions: StageOptions, options: MethodOptions = {}): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { deployOptions });
    api.root.addMethod("GET", new MockIntegration(), options);
  });
}

/** Settings of the only route, or of all. */
function settingsOf(terraform: TerraformJson, methodPath: string): unknown {
  const all = Object.values(resourcesOf(terraform, "aws_api_gateway_method_settings"));
  return all.find((it) => it.method_path === methodPath)?.settings;
}

describe("stages of one model", () => {
  const terraform = synthApi((stack) => {
    const api = new RestApi(stack, "Api", { deployOptions: { stageName: "prod" } });
    api.route("GET /orders", new MockIntegration(), { throttle: { rateLimit: 5, burstLimit: 5 }, cache: {} });
    api.addStage("Beta", {
      stageName: "beta",
      throttle: { rateLimit: 1, burstLimit: 1 },
      cacheClusterEnabled: false,
      tracingEnabled: true,
      variables: { host: "beta.example" },
      accessLogRetention: RetentionDays.ONE_DAY,
      methodOptions: { "/orders/GET": { throttle: "account-limit", metricsEnabled: true } },
    });
  });
  const stageOf = (name: string) =>
    Object.values(resourcesOf(terraform, "aws_api_gateway_stage")).find((it) => it.stage_name === name);
  const limitsOn = (name: string) =>
    Object.values(resourcesOf(terraform, "aws_api_gateway_method_settings"))
      .filter((it) => String(it.stage_name).includes(name))
      .map(({ method_path, settings }) => [method_path, Reflect.get(Object(settings), "throttling_rate_limit")]);

  it("share one deployment", () => {
    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"))).toHaveLength(1);
    expect(stageOf("beta")?.deployment_id).toBe(stageOf("prod")?.deployment_id);
    assertOrderRules(terraform);
  });

  it("have settings of their own", () => {
    expect(stageOf("prod")).toMatchObject({ cache_cluster_enabled: true, xray_tracing_enabled: false });
    expect(stageOf("beta")).toMatchObject({
      cache_cluster_enabled: false,
      xray_tracing_enabled: true,
      variables: { host: "beta.example" },
    });
    expect(stageOf("prod")).not.toHaveProperty("access_log_settings");
    expect(limitsOn("DeploymentStage")).toEqual([["~1orders/GET", 5]]);
    expect(limitsOn("Beta")).toEqual([
      ["*/*", 1],
      ["~1orders/GET", -1],
    ]);
  });

  it("make a deployment of their own when the API has none, or have one each", () => {
    const shared = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { deploy: false });
      api.root.addMethod("GET");
      for (const stageName of ["blue", "green"]) api.addStage(stageName, { stageName });
      api.addStage("own", { stageName: "own", deployment: new Deployment(api, "Own", { api }) });
    });

    const ids = Object.values(resourcesOf(shared, "aws_api_gateway_stage")).map((it) => it.deployment_id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(Object.keys(resourcesOf(shared, "aws_api_gateway_deployment"))).toHaveLength(2);
  });
});

describe("Stage", () => {
  it("emits the stage alone: minimal", () => {
    expect({ resource: { stage: resourcesOf(synthStage({}), "aws_api_gateway_stage") } }).toMatchSnapshot();
  });

  it("emits logs, certificate, web ACL, cache and settings: everything", () => {
    const terraform = synthStage(
      {
        stageName: "v1",
        description: "All of it",
        documentationVersion: "3",
        loggingLevel: MethodLoggingLevel.INFO,
        dataTraceEnabled: true,
        metricsEnabled: true,
        executionLogRetention: RetentionDays.ONE_WEEK,
        importExecutionLog: "a1b2c3d4e5",
        accessLogRetention: RetentionDays.ONE_WEEK,
        logEncryptionKey: KEY,
        clientCertificateId: "abc123",
        webAclArn: "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/shield/0f1e",
        tracingEnabled: true,
        cacheClusterSize: "1.6",
        cacheTtl: Duration.minutes(1),
        throttlingRateLimit: 10,
        throttlingBurstLimit: 5,
        variables: { host: "b.example" },
        methodOptions: { "//GET": { unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403" } },
        tags: { team: "orders" },
      },
      { cache: {} },
    );

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("has the names of AWS CDK", () => {
    const { output, resource } = synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET");
      const { restApi, stageArn } = api.deploymentStage;
      new TerraformOutput(stack, "api", { value: restApi.restApiId });
      new TerraformOutput(stack, "stage", { value: stageArn });
    });

    const [api] = Object.keys(resource?.aws_api_gateway_rest_api ?? {});
    const [stageId] = Object.keys(resource?.aws_api_gateway_stage ?? {});
    expect(output).toEqual({
      api: { value: `\${aws_api_gateway_rest_api.${api}.id}` },
      stage: { value: `\${aws_api_gateway_stage.${stageId}.arn}` },
    });
  });

  it("takes the settings of all routes as AWS CDK writes them", () => {
    const terraform = synthStage({
      methodOptions: { "/*/*": { throttlingRateLimit: 100, throttlingBurstLimit: 200, loggingLevel: "ERROR" } },
    });

    expect(settingsOf(terraform, "*/*")).toMatchObject({
      throttling_rate_limit: 100,
      throttling_burst_limit: 200,
      logging_level: "ERROR",
    });
    expect(Object.keys(resourcesOf(terraform, "aws_cloudwatch_log_group"))).toHaveLength(1);
  });
});

describe("the settings of a cache", () => {
  it.each<[string, StageOptions, MethodOptions["cache"], Readonly<Record<string, unknown>>]>([
    ["the defaults", {}, {}, { encrypted: true, authorized: true, strategy: "SUCCEED_WITH_RESPONSE_HEADER" }],
    [
      "the stage",
      { requireAuthorizationForCacheControl: false, cacheDataEncrypted: false },
      {},
      { encrypted: false, authorized: false, strategy: "SUCCEED_WITH_RESPONSE_HEADER" },
    ],
    [
      "the route over the stage",
      { requireAuthorizationForCacheControl: false, cacheDataEncrypted: false },
      { requireAuthorizationForCacheControl: true, cacheDataEncrypted: true },
      { encrypted: true, authorized: true, strategy: "SUCCEED_WITH_RESPONSE_HEADER" },
    ],
    [
      "the route on the stage over all",
      { methodOptions: { "//GET": { unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403" } } },
      { unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITHOUT_RESPONSE_HEADER" },
      { encrypted: true, authorized: true, strategy: "FAIL_WITH_403" },
    ],
  ])("come from %s", (_name, stageOptions, cache, { encrypted, authorized, strategy }) => {
    const terraform = synthStage(stageOptions, cache === undefined ? {} : { cache });

    expect(settingsOf(terraform, "~1/GET")).toMatchObject({
      caching_enabled: true,
      cache_data_encrypted: encrypted,
      require_authorization_for_cache_control: authorized,
      unauthorized_cache_control_header_strategy: strategy,
    });
  });

  it("switch a single cache on where the caches of the stage are off", () => {
    const terraform = synthStage(
      { cachingEnabled: false, methodOptions: { "//GET": { cachingEnabled: true } } },
      { cache: {} },
    );

    expect(settingsOf(terraform, "~1/GET")).toMatchObject({ caching_enabled: true });
    expect(onlyResource(terraform, "aws_api_gateway_stage")).toMatchObject({ cache_cluster_enabled: true });
  });

  it("warn of a cluster that nothing is cached in, because it costs by the hour (pain 34)", () => {
    const warnings = warningsOf((stack) => {
      new RestApi(stack, "Api", { deployOptions: { cacheClusterEnabled: true } }).root.addMethod("GET");
    });

    expect(warnings).toEqual([expect.stringContaining("CACHE_CLUSTER_UNUSED")]);
  });
});

describe("the execution log (pain 36)", () => {
  it("is imported where API Gateway has made its group already", () => {
    const terraform = synthStage({ stageName: "v1", loggingLevel: "ERROR", importExecutionLog: "a1b2c3d4e5" });

    const [id] = Object.keys(resourcesOf(terraform, "aws_cloudwatch_log_group"));
    expect(terraform.import).toEqual([
      { to: `aws_cloudwatch_log_group.${id}`, id: "API-Gateway-Execution-Logs_a1b2c3d4e5/v1" },
    ]);
  });

  it("is encrypted with a key, as the new access log is", () => {
    const terraform = synthStage({
      loggingLevel: "ERROR",
      accessLogRetention: RetentionDays.ONE_DAY,
      logEncryptionKey: KEY,
    });

    const keys = Object.values(resourcesOf(terraform, "aws_cloudwatch_log_group")).map(({ kms_key_id }) => kms_key_id);
    expect(keys).toEqual([KEY.arn, KEY.arn]);
  });
});

describe("the CloudWatch role of the account (pain 35)", () => {
  it("is never made by an API, even when its stage logs", () => {
    const terraform = synthStage({ loggingLevel: "INFO", accessLogRetention: RetentionDays.ONE_DAY });

    expect(resourcesOf(terraform, "aws_api_gateway_account")).toEqual({});
  });

  it.each<[string, StageOptions, boolean]>([
    ["comes before a stage of the same stack that logs", { accessLogRetention: RetentionDays.ONE_DAY }, true],
    ["is nothing that a stage without logs waits for", {}, false],
  ])("%s", (_name, deployOptions, waits) => {
    const terraform = synthApi((stack) => {
      new AccountLogging(stack, "Logging");
      new RestApi(stack, "Api", { deployOptions }).root.addMethod("GET");
    });

    const [account] = Object.keys(resourcesOf(terraform, "aws_api_gateway_account"));
    const dependencies = onlyResource(terraform, "aws_api_gateway_stage").depends_on ?? [];
    expect(JSON.stringify(dependencies).includes(`aws_api_gateway_account.${account}`)).toBe(waits);
    assertOrderRules(terraform);
  });

  it("may be set once for each region", () => {
    const build = () =>
      synthStack((app) => {
        const [first] = ["eu-west-1", "eu-central-1"].map((region) => {
          const stack = new HeadgateStack(app, `account-${region}`, { ...TEST_STACK_PROPS, region });
          new AccountLogging(stack, "Logging");
          return stack;
        });
        return first as HeadgateStack;
      });

    expect(build).not.toThrow();
  });
});

const twoStages = (first: StageOptions, second: StageOptions) => () =>
  synthApi((stack) => {
    const api = new RestApi(stack, "Api", { deployOptions: first });
    api.root.addMethod("GET");
    api.addStage("Second", second);
  });

const REFUSALS: readonly Refusal[] = [
  { code: "STAGE_NAME_TAKEN", problem: 'a stage "prod" of the same API, too', build: twoStages({}, {}) },
  {
    code: "STAGE_DEPLOYMENT_FOREIGN",
    problem: "a stage of test/One is to serve a deployment of test/Two",
    build: () =>
      synthApi((stack) => {
        const [one, two] = ["One", "Two"].map((id) => new RestApi(stack, id));
        if (one !== undefined && two?.latestDeployment !== undefined) {
          one.addStage("Stage", { stageName: "other", deployment: two.latestDeployment });
        }
      }),
  },
  {
    code: "STAGE_THROTTLE_AMBIGUOUS",
    problem: 'stage "prod" has both throttle and throttlingRateLimit',
    build: stage({ throttle: "account-limit", methodOptions: { "/*/*": { throttlingRateLimit: 5 } } }),
  },
  {
    code: "STAGE_CACHED_AS_A_WHOLE",
    problem: 'cachingEnabled of stage "prod" would cache every GET',
    build: stage({ cachingEnabled: true }),
  },
  {
    code: "STAGE_CACHED_AS_A_WHOLE",
    problem: 'cachingEnabled of stage "prod" would cache every GET',
    build: stage({ methodOptions: { "/*/*": { cachingEnabled: true } } }),
  },
  {
    code: "STAGE_ROUTE_NOT_CACHED",
    problem: 'sets the cache of "GET /", which is not cached',
    build: stage({ methodOptions: { "//GET": { cachingEnabled: true } } }),
  },
  {
    code: "STAGE_ROUTE_NOT_CACHED",
    problem: 'sets the cache of "GET /", which is not cached',
    build: stage({ methodOptions: { "//GET": { requireAuthorizationForCacheControl: false } } }),
  },
  {
    code: "CACHE_CLUSTER_CONTRADICTION",
    problem: 'cacheClusterEnabled is false, but methodOptions sets cachingEnabled of "//GET"',
    build: stage({ cacheClusterEnabled: false, methodOptions: { "//GET": { cachingEnabled: true } } }),
  },
  {
    code: "STAGE_SETTINGS_AMBIGUOUS",
    problem: 'sets loggingLevel itself, and again in methodOptions["/*/*"]',
    build: stage({ loggingLevel: "INFO", methodOptions: { "/*/*": { loggingLevel: "ERROR" } } }),
  },
  {
    code: "CLIENT_CERTIFICATE_AMBIGUOUS",
    problem: "both clientCertificate and clientCertificateId",
    build: stage({ clientCertificate: true, clientCertificateId: "abc" }),
  },
  {
    code: "STAGE_TAGS_TOO_MANY",
    problem: "a stage may have 50 tags, got 51",
    build: stage({ tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, "x"])) }),
  },
  {
    code: "EXECUTION_LOG_OFF",
    problem: "importExecutionLog has no effect",
    build: stage({ importExecutionLog: "a1b2c3d4e5" }),
  },
  {
    code: "EXECUTION_LOG_IMPORT_INVALID",
    problem: 'must be the id of an API, a literal, got "My API"',
    build: stage({ loggingLevel: "INFO", importExecutionLog: "My API" }),
  },
  { code: "LOG_ENCRYPTION_WITHOUT_LOG", problem: "no log group is created", build: stage({ logEncryptionKey: KEY }) },
  {
    code: "ACCOUNT_LOGGING_TAKEN",
    problem: "sets the CloudWatch role of the same account and region",
    build: () =>
      synthApi((stack) => {
        new AccountLogging(stack, "One");
        new AccountLogging(stack, "Two", { roleName: "other" });
      }),
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: 'cache.keys of "GET /" do not tell callers apart without method.request.header.Authorization',
    build: () =>
      synthApi((stack) => {
        new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizationType: "AWS_IAM", cache: {} });
      }),
  },
];

it.each(REFUSALS)("fails when a stage could not be as it says: $code, $problem", expectRefusal);

it("serves the newest deployment of an API through a stage made by hand", () => {
  const terraform = synthApi((stack) => {
    const api = new RestApi(stack, "Api", { deploy: false });
    api.root.addMethod("GET");
    new Stage(stack, "Stage", { deployment: new Deployment(stack, "Snapshot", { api }), stageName: "v1" });
  });

  const [id] = Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"));
  expect(onlyResource(terraform, "aws_api_gateway_stage").deployment_id).toBe(
    `\${aws_api_gateway_deployment.${id}.id}`,
  );
});
