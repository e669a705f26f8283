import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import {
  AuthorizationType,
  DomainName,
  DynamoDbIntegration,
  type HeadgateStack,
  LambdaIntegration,
  LambdaRestApi,
  ManagedPolicy,
  MockIntegration,
  NodejsFunction,
  PolicyDocument,
  PolicyStatement,
  Resource,
  RestApi,
  Role,
  SagemakerIntegration,
  ServicePrincipal,
  Size,
  Stage,
  StepFunctionsRestApi,
  VpcLink,
} from "../../modules";
import { assertOrderRules, synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";

const PLACE = "eu-west-1:111111111111";
const ENDPOINT = "vpce-0123456789abcdef0";

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::111111111111:root" } }],
});

/** Routes to a table, a model and a function that only stages may call; who may call a route. */
function routes(stack: HeadgateStack, handler: NodejsFunction): RestApi {
  const read = new PolicyStatement({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::answers/*"] });
  const role = new Role(stack, "Caller", {
    assumedBy: new ServicePrincipal("apigateway.amazonaws.com"),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("AWSLambda_ReadOnlyAccess")],
    inlinePolicies: { Read: new PolicyDocument({ statements: [read] }) },
  });
  const table = new DynamodbTable(stack, "Table", {
    name: "things",
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
    attribute: [{ name: "id", type: "S" }],
  });
  const api = new RestApi(stack, "Api", { restApiName: "access", minCompressionSize: Size.kibibytes(1) });
  api.route("GET /things", DynamoDbIntegration.scan(table, { limit: 10 }));
  const update = DynamoDbIntegration.updateItem(table, {
    key: { id: "$input.params('id')" },
    updateExpression: "SET amount = :amount",
    expressionAttributeValues: { ":amount": { N: "$input.path('$.amount')" } },
  });
  api.route("PATCH /things/{id}", update).addMethodResponse({ statusCode: "404" });
  const model = { arn: `arn:aws:sagemaker:${PLACE}:endpoint/model` };
  api.route("POST /answers", new SagemakerIntegration(model, { credentialsRole: role }));
  api.route("GET /untested", new LambdaIntegration(handler, { allowTestInvoke: false }));
  const signed = api.route("GET /signed", new MockIntegration(), { authorizationType: AuthorizationType.IAM });
  signed.grantExecute(new IamUser(stack, "User", { name: "reader" }));
  signed.grantExecute(new IamGroup(stack, "Group", { name: "readers" }));
  signed.grantExecute(
    new IamRole(stack, "Plain", {
      name: "plain-reader",
      assumeRolePolicy: TRUST,
      lifecycle: { createBeforeDestroy: true },
    }),
  );
  return api;
}

/** An edge-optimized domain before an API of this stack, and a stage that is owned elsewhere. */
function edge(stack: HeadgateStack, api: RestApi): void {
  const domain = new DomainName(stack, "Domain", {
    domainName: "edge.example.com",
    certificate: "arn:aws:acm:us-east-1:111111111111:certificate/0a1b2c3d-0000-1111-2222-333344445555",
    endpointType: "EDGE",
  });
  domain.addBasePathMapping(api, { basePath: "any", attachToStage: false });
  domain.addAliasRecord({ hostedZone: { arn: "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ" }, ipv6: true });
  const theirs = RestApi.fromRestApiAttributes(stack, "Theirs", { restApiId: "abc123", rootResourceId: "root1" });
  const live = Stage.fromStageAttributes(stack, "Live", { restApi: theirs, stageName: "live" });
  domain.addApiMapping(live, { basePath: "theirs" });
  theirs.addUsagePlan("Plan", { apiStages: [{ stage: live }] }).addApiKey(live.addApiKey("Key"));
  Resource.fromResourceAttributes(stack, "Orders", { restApi: theirs, resourceId: "res1", path: "/orders" })
    .addResource("{orderId}")
    .addMethod("GET", new MockIntegration());
}

/** One backend for a whole API, and an API that only a VPC reaches. */
function others(stack: HeadgateStack, handler: NodejsFunction): void {
  new LambdaRestApi(stack, "Behind", { restApiName: "behind", handler });
  // By ARN: the provider asks AWS about the definition of a state machine while it plans, and moto has no answer.
  const stateMachine = { arn: `arn:aws:states:${PLACE}:stateMachine:runs` };
  new StepFunctionsRestApi(stack, "Machines", { restApiName: "machines", stateMachine });
  const inside = new RestApi(stack, "Inside", {
    restApiName: "inside",
    endpointConfiguration: { types: ["PRIVATE"], vpcEndpoints: [ENDPOINT] },
  });
  inside.grantInvokeFromVpcEndpointsOnly([ENDPOINT]);
  inside.root.addMethod("GET", new LambdaIntegration(handler));
  const link = new VpcLink(stack, "Link");
  link.addTargets({ arn: `arn:aws:elasticloadbalancing:${PLACE}:loadbalancer/net/internal/0123456789abcdef` });
}

describeTerraform("who may call, and what is called", (provider) => {
  const build = (stack: HeadgateStack) => {
    const handler = new NodejsFunction(stack, "Work", { bundle: "do-work" });
    edge(stack, routes(stack, handler));
    others(stack, handler);
  };
  const terraform = synthApi(build, {
    region: "eu-west-1",
    accountId: "111111111111",
    assumeRoleArn: "arn:aws:iam::111111111111:role/deploy",
  });
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(provider);
  }, 60_000);
  afterAll(() => harness.stop());

  it("keep the rules of the order of apply", () => {
    assertOrderRules(terraform);
  });

  it("are valid to Terraform and its provider, and planned with documents that are known", async () => {
    const root = await harness.root("access-and-backends");
    root.write(JSON.parse(JSON.stringify(terraform)));

    await root.init();
    await root.validate();
    const { resource_changes: changes = [] } = await root.plan();

    const documents = changes.filter(({ type }) => type === "aws_api_gateway_rest_api_put");
    expect(documents).toHaveLength(4);
    for (const { change } of documents) expect(change.after_unknown).not.toHaveProperty("body");
    const [below] = changes.filter(({ type }) => type === "aws_api_gateway_resource");
    expect(below?.change.after).toMatchObject({ rest_api_id: "abc123", parent_id: "res1", path_part: "{orderId}" });
  }, 120_000);
});
