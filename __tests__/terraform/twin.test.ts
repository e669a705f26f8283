import type { JsonObject } from "../../definition/json";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";

describeTerraform("the control-plane twin under real Terraform", (provider) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(provider);
  }, 60_000);
  afterAll(() => harness.stop());

  it("converges when the document says all that the resource says", async () => {
    const root = await harness.root("complete");
    root.write(configuration({ description: "Pets", documentDescription: "Pets" }));

    await root.init();
    await root.apply();

    expect(await root.planIsEmpty()).toBe(true);
    expect(harness.twin.deployed("pets", "v1").document.paths).toHaveProperty("/pets");
    await root.destroy();
    expect(harness.twin.apis()).toEqual([]);
  }, 120_000);

  it("turns red when a description stands on the resource and not in the document", async () => {
    const root = await harness.root("flapping");
    root.write(configuration({ description: "Pets" }));

    await root.init();
    await root.apply();

    expect(await root.planIsEmpty()).toBe(false);
    await root.destroy();
  }, 120_000);

  it("fails when a stage logs in an account without a CloudWatch role", async () => {
    const root = await harness.root("logging");
    root.write(configuration({ description: "Pets", documentDescription: "Pets", loggingLevel: "ERROR" }));

    await root.init();
    const { output } = await root.run("apply", "-auto-approve", "-no-color");

    expect(output).toContain("CloudWatch Logs role ARN must be set in account settings to enable logging");
    await root.destroy();
  }, 120_000);
});

/** The smallest API of the emission `openapi`. */
function configuration(options: {
  readonly description: string;
  readonly documentDescription?: string;
  readonly loggingLevel?: string;
}): JsonObject {
  const document: JsonObject = {
    openapi: "3.0.1",
    info: {
      title: "pets",
      version: "1",
      ...(options.documentDescription && { description: options.documentDescription }),
    },
    paths: {
      "/pets": {
        get: {
          operationId: "listPets",
          responses: { "200": { description: "OK" } },
          "x-amazon-apigateway-integration": {
            type: "mock",
            requestTemplates: { "application/json": '{"statusCode": 200}' },
            responses: { default: { statusCode: "200" } },
          },
        },
      },
    },
  };
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: { region: "eu-west-1" } },
    resource: {
      aws_api_gateway_rest_api: {
        api: { name: "pets", description: options.description, endpoint_configuration: { types: ["REGIONAL"] } },
      },
      aws_api_gateway_rest_api_put: {
        api: {
          rest_api_id: "${aws_api_gateway_rest_api.api.id}",
          body: JSON.stringify(document),
          fail_on_warnings: true,
        },
      },
      aws_api_gateway_deployment: {
        api: {
          rest_api_id: "${aws_api_gateway_rest_api.api.id}",
          depends_on: ["aws_api_gateway_rest_api_put.api"],
          lifecycle: { create_before_destroy: true },
        },
      },
      aws_api_gateway_stage: {
        v1: {
          rest_api_id: "${aws_api_gateway_rest_api.api.id}",
          deployment_id: "${aws_api_gateway_deployment.api.id}",
          stage_name: "v1",
        },
      },
      aws_api_gateway_method_settings: {
        all: {
          rest_api_id: "${aws_api_gateway_rest_api.api.id}",
          stage_name: "${aws_api_gateway_stage.v1.stage_name}",
          method_path: "*/*",
          settings: {
            throttling_rate_limit: 10,
            throttling_burst_limit: 5,
            logging_level: options.loggingLevel ?? "OFF",
          },
        },
      },
    },
  };
}
