import type { JsonObject } from "../../definition/json";
import { HttpIntegration, MockIntegration, RestApi, type RestApiProps } from "../../modules";
import { resourcesOf, synthApi, type TerraformJson } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { actionsByType } from "../support/terraform/plan";

const DEPLOYMENT = "aws_api_gateway_deployment";

/** One story: what is deployed in one test is what the next one starts from. */
describeTerraform("an API of single resources on real Terraform", (provider) => {
  let harness: Harness;
  let root: Root;
  beforeAll(async () => {
    harness = await startHarness(provider);
    root = await harness.root("resources");
    write(synthFirst());
    await root.init();
    await root.apply();
  }, 90_000);
  afterAll(() => harness.stop());

  function write(terraform: TerraformJson): void {
    root.write(JSON.parse(JSON.stringify(terraform)));
  }

  /** What is live, as route → type of integration. */
  function live(): Record<string, string> {
    const { resources = [] } = harness.twin.deployed("shop", "v1").document as { resources?: readonly Listed[] };
    return Object.fromEntries(
      resources.flatMap(({ path, resourceMethods = {} }) =>
        Object.entries(resourceMethods).map(([verb, { methodIntegration }]) => [
          `${verb} ${path}`,
          methodIntegration.type,
        ]),
      ),
    );
  }

  it("keeps a removed route live, and changes the type of an integration at the price of a second apply", async () => {
    write(synthSecond());
    await root.apply();

    expect(live()).toEqual({ "GET /orders/{id}": "HTTP", "GET /rates": "HTTP_PROXY", "GET /old": "MOCK" });
    expect(harness.twin.apis()[0]?.properties).toMatchObject({
      binaryMediaTypes: [],
      minimumCompressionSize: undefined,
    });
    expect(actionsByType(await root.plan())).toEqual([
      "aws_api_gateway_integration create",
      "aws_api_gateway_integration_response create",
    ]);
  }, 90_000);

  it("is all that it should be after one more deployment", async () => {
    const [name] = Object.keys(resourcesOf(synthSecond(), DEPLOYMENT));

    const { exitCode } = await root.run("apply", "-auto-approve", "-no-color", `-replace=${DEPLOYMENT}.${name}`);

    expect(exitCode).toBe(0);
    expect(live()).toEqual({ "GET /orders/{id}": "HTTP", "GET /rates": "HTTP_PROXY" });
    expect(await root.planIsEmpty()).toBe(true);
  }, 90_000);

  it("becomes a document without taking anything away", async () => {
    write(synthSecond({ emission: "openapi", formerEmission: "resources" }));
    const since = harness.twin.calls.mark();

    const plan = await root.plan();
    await root.applyPlan();

    expect(new Set(actionsByType(plan).map((action) => action.split(" ")[1]))).toEqual(new Set(["create", "forget"]));
    expect(since.find({ service: "apigateway", mutating: true }).map(({ operation }) => operation)).toEqual([
      "PutRestApi",
    ]);
    expect(await root.planIsEmpty()).toBe(true);
  }, 90_000);
});

interface Listed {
  readonly path: string;
  readonly resourceMethods?: Readonly<Record<string, { readonly methodIntegration: { readonly type: string } }>>;
}

function synthFirst(): TerraformJson {
  return synthShop({ binaryMediaTypes: ["image/png"], minimumCompressionSize: 1024 }, (api) => {
    api.route("GET /orders/{id}", new MockIntegration());
    api.route("GET /old", new MockIntegration());
  });
}

function synthSecond(props: RestApiProps = {}): TerraformJson {
  return synthShop(props, (api) => {
    const answer = { options: { integrationResponses: [{ statusCode: "200" }] } };
    api.route("GET /orders/{id}", new HttpIntegration("https://orders.example.com/{id}", { proxy: false, ...answer }));
  });
}

function synthShop(props: RestApiProps, routes: (api: RestApi) => void): TerraformJson {
  const terraform = synthApi(
    (stack) => {
      const api = new RestApi(stack, "Api", {
        emission: "resources",
        restApiName: "shop",
        deployOptions: { stageName: "v1" },
        ...props,
      });
      routes(api);
      api.route("GET /rates", new HttpIntegration("https://rates.example.com"));
    },
    { region: "eu-west-1" },
  );
  const { backend: _backend, ...settings } = terraform.terraform as JsonObject;
  return { ...terraform, terraform: settings };
}
