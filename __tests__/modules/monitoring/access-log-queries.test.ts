import {
  AccessLogFormat,
  AccessLogQueries,
  type AccessLogQueriesProps,
  FirehoseLogDestination,
  RestApi,
  type StageOptions,
} from "../../../modules";
import {
  assertOrderRules,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { expectRefusal, type Refusal } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const LOGGED: StageOptions = { stageName: "v1", accessLogRetention: 7 };
const TYPE = "aws_cloudwatch_query_definition";

function synthQueries(deployOptions: StageOptions, props: Partial<AccessLogQueriesProps> = {}): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions });
    api.root.addMethod("GET");
    new AccessLogQueries(stack, "Queries", { api, ...props });
  });
}

function queriesOf(terraform: TerraformJson): Record<string, string> {
  const queries = Object.values(resourcesOf(terraform, TYPE));
  return Object.fromEntries(queries.map(({ name, query_string }) => [String(name), String(query_string)]));
}

const custom = (format: string) => ({ ...LOGGED, accessLogFormat: AccessLogFormat.custom(format) });

describe("AccessLogQueries", () => {
  it("saves what the standard format answers: everything", () => {
    const terraform = synthQueries(LOGGED);

    expect({ resource: { [TYPE]: resourcesOf(terraform, TYPE) } }).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("saves what is asked for, once: minimal", () => {
    const terraform = synthQueries(LOGGED, { queries: ["slowestRoutes", "slowestRoutes"] });

    expect({ resource: { [TYPE]: resourcesOf(terraform, TYPE) } }).toMatchSnapshot();
  });

  it("asks by the names that a format of one's own gives, and leaves out what it does not hold", () => {
    const format =
      '{"id":"$context.requestId","http":{"verb":"$context.httpMethod","route":"$context.resourcePath"},"ms":$context.responseLatency}';

    const queries = queriesOf(synthQueries(custom(format)));

    expect(Object.keys(queries)).toEqual(["orders/v1/Slowest routes"]);
    expect(queries["orders/v1/Slowest routes"]).toContain(
      "pct(ms, 99) as p99, max(ms) as slowest by http.verb, http.route",
    );
  });

  it("gives queries of a name that Terraform would read as a template as they are", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { restApiName: "orders ${x}", deployOptions: LOGGED });
      api.root.addMethod("GET");
      new AccessLogQueries(stack, "Queries", { api, queries: ["errorsByRoute"] });
    });

    expect(Object.keys(queriesOf(terraform))).toEqual(["orders $${x}/v1/Errors by route"]);
  });

  const arn = "arn:aws:firehose:eu-west-1:111111111111:deliverystream/amazon-apigateway-orders";
  const REFUSALS: readonly Refusal[] = [
    { code: "ACCESS_LOG_NOT_QUERYABLE", problem: 'the stage "prod" has no access log', build: () => synthQueries({}) },
    {
      code: "ACCESS_LOG_NOT_QUERYABLE",
      problem: "in a log group whose name is known",
      build: () => synthQueries({ accessLogDestination: new FirehoseLogDestination({ arn }) }),
    },
    {
      code: "ACCESS_LOG_NOT_QUERYABLE",
      problem: 'the access log of the stage "v1" answers none of them',
      build: () => synthQueries(custom("$context.requestId $context.status")),
    },
    {
      code: "ACCESS_LOG_NOT_QUERYABLE",
      problem: "throttledCallers asks for $context.identity.apiKeyId, $context.identity.sourceIp, which",
      build: () =>
        synthQueries(custom('{"id":"$context.requestId","status":"$context.status"}'), {
          queries: ["throttledCallers"],
        }),
    },
    {
      code: "METRIC_STAGE_FOREIGN",
      problem: 'the stage "v1" is one of another API than "orders"',
      build: () =>
        synthApi((stack) => {
          const { deploymentStage: stage } = new RestApi(stack, "Other", { deployOptions: LOGGED });
          new AccessLogQueries(stack, "Queries", { api: new RestApi(stack, "Api", { restApiName: "orders" }), stage });
        }),
    },
  ];

  it.each(REFUSALS)("fails when a query would find nothing: $code, $problem", expectRefusal);
});
