import { ApiGatewayClientCertificate } from "@cdktf/provider-aws/lib/api-gateway-client-certificate";
import { DataAwsWafv2WebAcl } from "@cdktf/provider-aws/lib/data-aws-wafv2-web-acl";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import {
  AccessLogField,
  AccessLogFormat,
  FirehoseLogDestination,
  type HeadgateStack,
  LogGroupLogDestination,
  type MethodOptions,
  RestApi,
  RetentionDays,
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
import { expectRefusal, type Refusal, stage } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const WEB_ACL = "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/shield/0f1e";

function synthStage(deployOptions: StageOptions, options: MethodOptions = {}): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { deployOptions });
    api.root.addMethod("GET", undefined, options);
  });
}

/** Rate and burst by method path. */
function limitsOf(terraform: TerraformJson): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(resourcesOf(terraform, "aws_api_gateway_method_settings")).map(({ method_path, settings }) => {
      const { throttling_rate_limit, throttling_burst_limit } = Object(settings);
      return [method_path, [throttling_rate_limit, throttling_burst_limit]];
    }),
  );
}

describe("a stage with all that protects and records it", () => {
  it("emits certificate, web ACL and log groups: everything", () => {
    const terraform = synthStage({
      stageName: "v1",
      loggingLevel: "ERROR",
      executionLogRetention: RetentionDays.ONE_WEEK,
      accessLogDestination: new LogGroupLogDestination({ logGroupName: "access" }),
      clientCertificate: true,
      webAclArn: WEB_ACL,
      throttle: { rateLimit: 10, burstLimit: 5 },
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });
});

describe("execution log (pain 36)", () => {
  it.each<[string, StageOptions]>([
    ["the stage", { loggingLevel: "ERROR" }],
    ["one route", { methodOptions: { "//GET": { loggingLevel: "INFO" } } }],
  ])("has a log group with retention, before the stage, when %s logs", (_name, options) => {
    const terraform = synthStage({ stageName: "v1", ...options });

    const [[id, group] = []] = Object.entries(resourcesOf(terraform, "aws_cloudwatch_log_group"));
    const [api] = Object.keys(resourcesOf(terraform, "aws_api_gateway_rest_api"));
    expect(group).toEqual({
      name: `API-Gateway-Execution-Logs_\${aws_api_gateway_rest_api.${api}.id}/v1`,
      retention_in_days: 30,
    });
    expect(onlyResource(terraform, "aws_api_gateway_stage").depends_on).toContain(`aws_cloudwatch_log_group.${id}`);
    assertOrderRules(terraform);
  });

  it.each<[string, StageOptions]>([
    ["nothing is said", {}],
    ["it is off", { loggingLevel: "OFF" }],
  ])("has no log group when %s", (_name, options) => {
    expect(resourcesOf(synthStage(options), "aws_cloudwatch_log_group")).toEqual({});
  });
});

describe("throttle (pain 32)", () => {
  it.each<[string, StageOptions, MethodOptions, object]>([
    ["no limit on the stage", { throttle: "account-limit" }, {}, {}],
    ["nothing through the stage", { throttle: "blocked" }, {}, { "*/*": [0, 0] }],
    ["numbers on the stage", { throttle: { rateLimit: 3, burstLimit: 2 } }, {}, { "*/*": [3, 2] }],
    ["nothing through the route", {}, { throttle: "blocked" }, { "~1/GET": [0, 0] }],
    [
      "no limit on the route of a limited stage",
      { throttle: { rateLimit: 3, burstLimit: 2 } },
      { throttle: "account-limit" },
      { "*/*": [3, 2], "~1/GET": [-1, -1] },
    ],
    [
      "what the stage says about the route, over the route's own",
      { methodOptions: { "//GET": { throttle: "blocked" } } },
      { throttle: { rateLimit: 3, burstLimit: 2 } },
      { "~1/GET": [0, 0] },
    ],
    [
      "the route's words over the stage's numbers",
      { throttlingRateLimit: 9, throttlingBurstLimit: 9 },
      { throttle: "blocked" },
      { "*/*": [9, 9], "~1/GET": [0, 0] },
    ],
  ])("lets %s", (_name, stageOptions, methodOptions, expected) => {
    expect(limitsOf(synthStage(stageOptions, methodOptions))).toEqual(expected);
  });
});

describe("client certificate", () => {
  it("is created and shown", () => {
    const terraform = synthStage({ clientCertificate: true });

    const [id] = Object.keys(resourcesOf(terraform, "aws_api_gateway_client_certificate"));
    expect(onlyResource(terraform, "aws_api_gateway_stage").client_certificate_id).toBe(
      `\${aws_api_gateway_client_certificate.${id}.id}`,
    );
    assertOrderRules(terraform);
  });

  it("is one of the stack, wherever a plain resource is at hand", () => {
    const terraform = synthApi((stack) => {
      const clientCertificateId = new ApiGatewayClientCertificate(stack, "Theirs");
      new RestApi(stack, "Api", { deployOptions: { clientCertificateId } }).root.addMethod("GET");
    });

    expect(onlyResource(terraform, "aws_api_gateway_stage").client_certificate_id).toBe(
      "${aws_api_gateway_client_certificate.Theirs.id}",
    );
  });

  it("is one that exists", () => {
    const terraform = synthStage({ clientCertificateId: "abc" });

    expect(onlyResource(terraform, "aws_api_gateway_stage").client_certificate_id).toBe("abc");
    expect(resourcesOf(terraform, "aws_api_gateway_client_certificate")).toEqual({});
  });
});

describe("web ACL", () => {
  it("guards the stage", () => {
    const terraform = synthStage({ webAclArn: WEB_ACL });

    const [id] = Object.keys(resourcesOf(terraform, "aws_api_gateway_stage"));
    expect(onlyResource(terraform, "aws_wafv2_web_acl_association")).toEqual({
      resource_arn: `\${aws_api_gateway_stage.${id}.arn}`,
      web_acl_arn: WEB_ACL,
    });
  });
});

describe("web ACL of another kind than a text", () => {
  it.each<[title: string, acl: (stack: HeadgateStack) => { readonly arn: string }, arn: string]>([
    [
      "a plain resource",
      (stack) =>
        new Wafv2WebAcl(stack, "Acl", {
          scope: "REGIONAL",
          defaultAction: { allow: {} },
          visibilityConfig: { cloudwatchMetricsEnabled: false, metricName: "acl", sampledRequestsEnabled: false },
        }),
      "${aws_wafv2_web_acl.Acl.arn}",
    ],
    [
      "a data source",
      (stack) => new DataAwsWafv2WebAcl(stack, "Acl", { name: "shield", scope: "REGIONAL" }),
      "${data.aws_wafv2_web_acl.Acl.arn}",
    ],
    ["{ arn }", () => ({ arn: WEB_ACL }), WEB_ACL],
  ])("is taken as %s", (_title, acl, arn) => {
    const terraform = synthApi((stack) => {
      new RestApi(stack, "Api", { deployOptions: { webAclArn: acl(stack) } }).root.addMethod("GET");
    });

    expect(onlyResource(terraform, "aws_wafv2_web_acl_association").web_acl_arn).toBe(arn);
  });
});

describe("access log to a delivery stream", () => {
  it("names a stream that exists", () => {
    const arn = "arn:aws:firehose:eu-west-1:111111111111:deliverystream/amazon-apigateway-orders";
    const terraform = synthStage({ accessLogDestination: new FirehoseLogDestination({ arn }) });

    expect(onlyResource(terraform, "aws_api_gateway_stage").access_log_settings).toMatchObject({
      destination_arn: arn,
    });
  });

  it("refers to a stream of the stack", () => {
    const terraform = synthApi((stack) => {
      const stream = new KinesisFirehoseDeliveryStream(stack, "Stream", {
        name: "amazon-apigateway-orders",
        destination: "extended_s3",
      });
      const deployOptions = { accessLogDestination: new FirehoseLogDestination(stream) };
      new RestApi(stack, "Api", { deployOptions }).root.addMethod("GET");
    });

    expect(onlyResource(terraform, "aws_api_gateway_stage").access_log_settings).toMatchObject({
      destination_arn: "${aws_kinesis_firehose_delivery_stream.Stream.arn}",
    });
    assertOrderRules(terraform);
  });
});

describe("fields of an access log", () => {
  it.each(Object.entries(AccessLogField))("has what %s names", (_name, field) => {
    const accessLogFormat = AccessLogFormat.json({ id: "$context.requestId", field: field("x") });

    expect(stage({ accessLogRetention: RetentionDays.ONE_DAY, accessLogFormat })).not.toThrow();
  });

  it("are those of the Common Log Format", () => {
    const accessLogFormat = AccessLogFormat.clf();

    expect(stage({ accessLogRetention: RetentionDays.ONE_DAY, accessLogFormat })).not.toThrow();
    expect(accessLogFormat.toString()).toBe(
      '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId',
    );
  });

  it.each([
    "$context.authorizer.claims.email",
    "$context.authorizer.tenant",
    "$context.identity.clientCert.validity.notAfter",
    "$context.integration.status",
    "$context.requestOverride.header.X-Tenant",
    "$context.waf.status",
  ])("may hold %s", (field) => {
    const build = stage({
      accessLogRetention: RetentionDays.ONE_DAY,
      accessLogFormat: AccessLogFormat.custom(`$context.requestId: ${field}.`),
    });

    expect(build).not.toThrow();
  });
});

const logging = (field: string) =>
  stage({
    accessLogRetention: RetentionDays.ONE_DAY,
    accessLogFormat: AccessLogFormat.json({ id: "$context.requestId", field }),
  });

const REFUSALS: readonly Refusal[] = [
  {
    code: "ACCESS_LOG_FIELD_UNKNOWN",
    problem: "holds $context.requestID, which no access log has; the nearest is $context.requestId",
    build: logging("$context.requestID"),
  },
  {
    code: "ACCESS_LOG_FIELD_UNKNOWN",
    problem: "the nearest is $context.identity.sourceIp",
    build: logging("$context.identity.sourceip"),
  },
  {
    code: "ACCESS_LOG_FIELD_UNKNOWN",
    problem: "holds $context.latency",
    build: logging("$context.latency"),
  },
  {
    code: "ACCESS_LOG_STREAM_NAME_INVALID",
    problem: 'must be named amazon-apigateway-…, got "orders"',
    build: stage({
      accessLogDestination: new FirehoseLogDestination({
        arn: "arn:aws:firehose:eu-west-1:111111111111:deliverystream/orders",
      }),
    }),
  },
  {
    code: "EXECUTION_LOG_OFF",
    problem: "executionLogRetention has no effect",
    build: stage({ executionLogRetention: RetentionDays.ONE_DAY }),
  },
  {
    code: "STAGE_THROTTLE_AMBIGUOUS",
    problem: 'stage "prod" has both throttle and throttlingRateLimit',
    build: stage({ throttle: "blocked", throttlingRateLimit: 1 }),
  },
  {
    code: "STAGE_THROTTLE_AMBIGUOUS",
    problem: '"//GET" on stage "prod" has both',
    build: stage({ methodOptions: { "//GET": { throttle: "blocked", throttlingBurstLimit: 1 } } }),
  },
  {
    code: "THROTTLE_RATE_OUT_OF_RANGE",
    problem: 'the rateLimit of stage "prod" must be 0 or more requests a second, got -2',
    build: stage({ throttle: { rateLimit: -2, burstLimit: 1 } }),
  },
  {
    code: "WEB_ACL_ARN_INVALID",
    problem: "must be the ARN of a regional web ACL",
    build: stage({ webAclArn: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/shield/0f1e" }),
  },
];

it.each(REFUSALS)("fails when a stage could not be as it says: $code, $problem", expectRefusal);
