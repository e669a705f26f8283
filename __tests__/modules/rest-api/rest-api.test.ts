import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { App, Fn } from "cdktf";
import {
  AnyPrincipal,
  ArnPrincipal,
  Duration,
  HeadgateStack,
  HttpIntegration,
  LambdaIntegration,
  LogGroupLogDestination,
  MockIntegration,
  Model,
  NodejsFunction,
  PolicyDocument,
  PolicyStatement,
  ResponseType,
  RestApi,
  RetentionDays,
  SqsIntegration,
} from "../../../modules";
import {
  documentOf,
  normalizeTerraform,
  onlyResource,
  resourcesOf,
  synthApi,
  synthStack,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { member, synthWithApi } from "../support/api";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

describe("RestApi", () => {
  it("emits API, import, deployment and stage: minimal", () => {
    const terraform = synthApi((stack) => {
      new RestApi(stack, "Hello").root.addMethod("GET");
    });

    expect(terraform).toMatchSnapshot();
  });

  it("emits everything that it can have: everything", () => {
    const terraform = synthApi((stack) => {
      const handler = new NodejsFunction(stack, "CreateOrder", {
        bundle: "create-order",
        environment: { ORDERS_TABLE: "orders" },
      });
      handler.grant("arn:aws:dynamodb:eu-west-1:111111111111:table/orders", "dynamodb:PutItem");
      const api = new RestApi(stack, "Orders", {
        restApiName: "orders",
        description: "All of it",
        binaryMediaTypes: ["image/png"],
        minimumCompressionSize: 1024,
        apiKeySourceType: "AUTHORIZER",
        policy: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ["execute-api:Invoke"],
              principals: [new AnyPrincipal()],
              resources: ["execute-api:/*"],
            }),
          ],
        }),
        disableExecuteApiEndpoint: true,
        tags: { team: "orders" },
        protect: true,
        defaultCorsPreflightOptions: {
          allowOrigins: ["https://a.example", "https://b.example"],
          allowCredentials: true,
        },
        deployOptions: {
          stageName: "v1",
          description: "First",
          accessLogDestination: new LogGroupLogDestination({ retention: RetentionDays.ONE_WEEK }),
          tracingEnabled: true,
          variables: { ratesHost: "rates.example" },
          loggingLevel: "ERROR",
          metricsEnabled: true,
          throttlingRateLimit: 100,
          throttlingBurstLimit: 50,
          methodOptions: { "/orders/POST": { loggingLevel: "INFO" } },
          tags: { stage: "v1" },
        },
      });
      api.addGatewayResponse("Denied", {
        type: ResponseType.ACCESS_DENIED,
        statusCode: "404",
        templates: { "application/json": '{"message": "no"}' },
      });
      const orders = api.root.addResource("orders");
      const post = orders.addMethod("POST", new LambdaIntegration(handler), {
        apiKeyRequired: true,
        operationName: "CreateOrder",
        throttle: { rateLimit: 10, burstLimit: 5 },
        requestBody: { modelName: "Order", contentType: "application/json", schema: { type: "object" } },
        methodResponses: [{ statusCode: "201", responseModels: { "application/json": Model.EMPTY_MODEL } }],
      });
      orders.addResource("{orderId}").addMethod("GET", new LambdaIntegration(handler), { cache: { ttlSeconds: 60 } });
      orders
        .getResource("{orderId}")
        ?.addResource("events")
        .addMethod("POST", new SqsIntegration({ arn: "arn:aws:sqs:eu-west-1:111111111111:events" }));
      api.root
        .addResource("rates")
        .addMethod(
          "GET",
          new HttpIntegration("https://${stageVariables.ratesHost}/", { options: { timeout: Duration.seconds(5) } }),
        );
      api.root.addResource("health").addMethod("GET", new MockIntegration());
      const plan = api.addUsagePlan("Pro", {
        name: "pro",
        throttle: { rateLimit: 5, burstLimit: 10 },
        quota: { limit: 1000, period: "MONTH", offset: 2 },
        apiStages: [
          { stage: api.deploymentStage, throttle: [{ method: post, throttle: { rateLimit: 1, burstLimit: 1 } }] },
        ],
      });
      plan.addApiKey(api.addApiKey("ProKey", { apiKeyName: "pro", description: "For partners" }));
    });

    expect(terraform).toMatchSnapshot();
  });

  it("states on the API itself only what an import cannot set", () => {
    const terraform = synthWithApi((api) => api.root.addMethod("GET"), {
      restApiName: "orders",
      description: "Orders",
      binaryMediaTypes: ["image/png"],
      minimumCompressionSize: 0,
      apiKeySourceType: "AUTHORIZER",
      policy: new PolicyDocument(),
      disableExecuteApiEndpoint: true,
      tags: { team: "orders" },
    });

    expect(onlyResource(terraform, "aws_api_gateway_rest_api")).toEqual({
      name: "orders",
      description: "Orders",
      endpoint_configuration: { types: ["REGIONAL"] },
      tags: { team: "orders" },
    });
    expect(member(documentOf(terraform), "info")).toEqual({ title: "orders", description: "Orders", version: "1.0" });
  });

  it("states the same name and description twice, whatever is in them", () => {
    const terraform = synthWithApi((api) => api.root.addMethod("GET"), {
      restApiName: "a${b}",
      description: "100%{c}",
    });

    expect(onlyResource(terraform, "aws_api_gateway_rest_api")).toMatchObject({
      name: "a$${b}",
      description: "100%%{c}",
    });
    expect(member(documentOf(terraform), "info")).toMatchObject({ title: "a${b}", description: "100%{c}" });
  });

  it("imports one document and refuses warnings", () => {
    const terraform = synthWithApi((api) => api.root.addMethod("GET"));

    expect(onlyResource(terraform, "aws_api_gateway_rest_api_put")).toMatchObject({ fail_on_warnings: true });
    expect(Object.keys(terraform.resource ?? {})).toEqual([
      "aws_api_gateway_deployment",
      "aws_api_gateway_rest_api",
      "aws_api_gateway_rest_api_put",
      "aws_api_gateway_stage",
      "terraform_data",
    ]);
  });

  it.each([true, false])("refuses to be destroyed when protect is %s", (protect) => {
    const terraform = synthWithApi((api) => api.root.addMethod("GET"), { protect });

    const { lifecycle } = onlyResource(terraform, "aws_api_gateway_rest_api");
    expect(lifecycle).toEqual(protect ? { prevent_destroy: true } : undefined);
  });

  it("escapes the literals of the document as Terraform templates", () => {
    const terraform = synthWithApi((api) => {
      const options = { requestParameters: { "integration.request.path.x": "'1'" } };
      api.root.addMethod("GET", new HttpIntegration("https://${stageVariables.host}/%{x}", { options }));
    });

    const { body } = onlyResource(terraform, "aws_api_gateway_rest_api_put");
    expect(body).toContain('"uri":"https://$${stageVariables.host}/%%{x}"');
  });

  it("keeps a string token of the document as a reference", () => {
    const terraform = synthApi((stack) => {
      const role = new IamRole(stack, "Caller", {
        name: "caller",
        assumeRolePolicy: "{}",
        lifecycle: { createBeforeDestroy: true },
      });
      const policy = new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ["execute-api:Invoke"],
            resources: ["execute-api:/*"],
            principals: [new ArnPrincipal(role.arn)],
          }),
        ],
      });
      new RestApi(stack, "Api", { policy }).root.addMethod("GET");
    });

    const { triggers } = onlyResource(terraform, "aws_api_gateway_deployment");
    expect(onlyResource(terraform, "aws_api_gateway_rest_api_put").body).toContain(
      '"AWS":["${aws_iam_role.Caller.arn}"]',
    );
    expect(triggers).toMatchObject({ "aws_iam_role.Caller.arn": "${aws_iam_role.Caller.arn}" });
  });

  it("reads a token of another stack through its remote state", () => {
    const terraform = synthStack((app) => {
      const other = new HeadgateStack(app, "other", { region: "eu-west-1" });
      const role = new IamRole(other, "Caller", { name: "caller", assumeRolePolicy: "{}" });
      const stack = new HeadgateStack(app, "test", { region: "eu-west-1" });
      const policy = new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ["execute-api:Invoke"],
            resources: ["execute-api:/*"],
            principals: [new ArnPrincipal(role.arn)],
          }),
        ],
      });
      new RestApi(stack, "Api", { policy }).root.addMethod("GET");
      return stack;
    });

    const { body } = onlyResource(terraform, "aws_api_gateway_rest_api_put");
    expect(body).toMatch(/"AWS":\["\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\}"\]/);
    expect(resourcesOf(terraform, "aws_iam_role")).toEqual({});
  });

  it("fails when the document would hold the token of a list", () => {
    const build = () =>
      synthWithApi((api) => api.root.addMethod("GET"), { binaryMediaTypes: Fn.split(",", "image/png,image/gif") });

    expect(build).toThrow(/^TOKEN_NOT_A_STRING: \$\.x-amazon-apigateway-binary-media-types is a reference to a list/);
    expect(build).toThrow(/\n {2}fix: .+/);
  });

  it("gives URL and ARNs", () => {
    const terraform = synthWithApi((api, stack) => {
      const method = api.root.resourceForPath("orders/{orderId}").addMethod("GET");
      stack.addOverride("locals", {
        url: api.url,
        path: api.urlForPath("/orders"),
        all: api.arnForExecuteApi(),
        method: method.methodArn,
        test: method.testMethodArn,
      });
    });

    const id = "${aws_api_gateway_rest_api.Api_5AC0C6D3.id}".replace(
      /Api_\w+/,
      Object.keys(resourcesOf(terraform, "aws_api_gateway_rest_api"))[0] ?? "",
    );
    const arn = id.replace(".id}", ".execution_arn}");
    expect(terraform.locals).toEqual({
      url: `https://${id}.execute-api.eu-west-1.amazonaws.com/prod/`,
      path: `https://${id}.execute-api.eu-west-1.amazonaws.com/prod/orders`,
      all: `${arn}/prod/*/*`,
      method: `${arn}/prod/GET/orders/*`,
      test: `${arn}/test-invoke-stage/GET/orders/*`,
    });
  });

  it("synthesizes the same under app.synth() as in memory", () => {
    const build = (app: App) => {
      const stack = new HeadgateStack(app, "test", { region: "eu-west-1", accountId: "111111111111" });
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET");
      api.root
        .addResource("later")
        .addMethod("POST", new MockIntegration(), { throttle: { rateLimit: 1, burstLimit: 1 } });
      return stack;
    };

    const inMemory = synthStack(build);

    const app = new App({ outdir: mkdtempSync(join(tmpdir(), "headgate-test-")), stackTraces: false });
    build(app);
    app.synth();
    const written = JSON.parse(readFileSync(join(app.outdir, "stacks", "test", "cdk.tf.json"), "utf8"));
    expect(normalizeTerraform(written)).toEqual(normalizeTerraform(inMemory));
    expect(Object.keys(written.resource.aws_api_gateway_deployment)).toEqual(
      Object.keys(resourcesOf(inMemory, "aws_api_gateway_deployment")),
    );
    rmSync(app.outdir, { recursive: true });
  });

  it("fails when it has no methods", () => {
    expect(() => synthWithApi(() => undefined)).toThrow(
      /API_WITHOUT_METHODS: the API has no methods.*\n.*at test\/Api\n/,
    );
  });

  it("fails when a URL is asked for and there is no stage", () => {
    expect(() => synthWithApi((api) => api.url, { deploy: false })).toThrow(/^API_WITHOUT_STAGE/);
  });
});
