import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { type HeadgateStack, MockIntegration, movedFrom, RestApi, SqsIntegration } from "../../modules";
import { synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { changed } from "../support/terraform/plan";

/** An API, a plan, a key and a queue below one construct. */
function shop(scope: Construct, id: string): Construct {
  const shop = new Construct(scope, id);
  const queue = new SqsQueue(shop, "Events", { name: "moved-events" });
  const api = new RestApi(shop, "Api", { restApiName: "moved", deployOptions: { stageName: "v1" } });
  api.route("POST /events", new SqsIntegration(queue), { apiKeyRequired: true });
  api.route("GET /health", new MockIntegration(), { throttle: { rateLimit: 5, burstLimit: 5 } });
  const plan = api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] });
  plan.addApiKey(api.addApiKey("Key"));
  return shop;
}

const configuration = (build: (stack: HeadgateStack) => void) =>
  JSON.parse(
    JSON.stringify(
      synthApi(build, {
        region: "eu-west-1",
        accountId: "111111111111",
        assumeRoleArn: "arn:aws:iam::111111111111:role/deploy",
      }),
    ),
  );

describeTerraform("a renamed construct", (provider) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(provider);
  }, 60_000);
  afterAll(() => harness.stop());

  it("keeps its resources, and takes a new deployment only", async () => {
    const root = await harness.root("moved");
    root.write(configuration((stack) => shop(stack, "Old")));
    await root.init();
    await root.apply();

    root.write(configuration((stack) => movedFrom(shop(new Construct(stack, "Backend"), "Shop"), "Old")));
    const planned = changed(await root.plan());
    await root.applyPlan();

    expect(planned.map(({ type, change }) => `${type} ${change.actions.join("+")}`).sort()).toEqual([
      "aws_api_gateway_deployment create",
      "aws_api_gateway_deployment delete",
      "aws_api_gateway_stage update",
    ]);
    expect(await root.planIsEmpty()).toBe(true);
  }, 180_000);
});
