import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { readServed } from "../../../cli/local/read-served";
import { synthesizedStacks } from "../../../cli/local/synthesized-stacks";
import { unreadLines } from "../../../cli/local/unread-lines";
import type { JsonObject } from "../../../definition/json";
import { unknownsIn } from "../../../definition/unknown";
import { createGateway } from "../../../local/pipeline";
import { fakeHost } from "../../support/gateway";

const INPUT = "data.terraform_remote_state.cross-stack-reference-input-shared.outputs";
const functionUri = (arn: string) => `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

/** As cdktf writes it for references between stacks. */
const shared: JsonObject = {
  output: {
    "cross-stack-output-fn": { sensitive: true, value: "${aws_lambda_function.decide.arn}" },
    "cross-stack-output-table": { sensitive: true, value: "${aws_dynamodb_table.callers.name}" },
  },
  resource: {
    aws_lambda_function: {
      decide: { function_name: "decide", runtime: "nodejs22.x", handler: "a.b", filename: "assets/decide.zip" },
    },
    aws_dynamodb_table: { callers: { name: "callers", hash_key: "id", attribute: [{ name: "id", type: "S" }] } },
  },
};

function api(authorizerUri: string, more: JsonObject = {}): JsonObject {
  const rest_api_id = "${aws_api_gateway_rest_api.api.id}";
  const route = { rest_api_id, resource_id: "${aws_api_gateway_rest_api.api.root_resource_id}", http_method: "GET" };
  return {
    aws_api_gateway_rest_api: { api: { name: "api" } },
    aws_api_gateway_authorizer: { token: { rest_api_id, name: "token", authorizer_uri: authorizerUri } },
    aws_api_gateway_method: {
      get: { ...route, authorization: "CUSTOM", authorizer_id: "${aws_api_gateway_authorizer.token.id}" },
    },
    aws_api_gateway_integration: { get: { ...route, type: "MOCK" } },
    aws_api_gateway_stage: { v1: { rest_api_id, stage_name: "v1" } },
    aws_api_gateway_usage_plan: { plan: { name: "plan", api_stages: [{ api_id: rest_api_id, stage: "v1" }] } },
    ...more,
  };
}

describe("stacks that are served", () => {
  let output = "";

  beforeEach(() => {
    output = mkdtempSync(join(tmpdir(), "headgate-served-"));
  });
  afterEach(() => rmSync(output, { recursive: true }));

  function synthesized(stacks: Readonly<Record<string, JsonObject>>) {
    for (const [name, content] of Object.entries(stacks)) {
      mkdirSync(join(output, "stacks", name), { recursive: true });
      const terraform = { backend: { local: { path: `terraform.${name}.tfstate` } } };
      const root = { provider: { aws: [{ region: "eu-west-1" }] }, terraform, ...content };
      writeFileSync(join(output, "stacks", name, "cdk.tf.json"), JSON.stringify(root));
    }
    const paths = Object.keys(stacks).map((name) => [name, { synthesizedStackPath: `stacks/${name}/cdk.tf.json` }]);
    writeFileSync(join(output, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(paths) }));
    return synthesizedStacks(output);
  }

  const readsShared = {
    data: {
      terraform_remote_state: {
        "cross-stack-reference-input-shared": { backend: "local", config: { path: "terraform.shared.tfstate" } },
      },
    },
  };

  it("use functions, tables and values of stacks whose outputs they read", async () => {
    const stacks = synthesized({
      orders: {
        ...readsShared,
        resource: api(functionUri(`\${${INPUT}.cross-stack-output-fn}`), {
          aws_lambda_function: {
            own: {
              function_name: "own",
              filename: "assets/own.zip",
              environment: { variables: { TABLE: `\${${INPUT}.cross-stack-output-table}` } },
            },
          },
        }),
      },
      shared,
      other: { resource: { aws_sqs_queue: { q: { name: "unused" } } } },
    });

    const { stack, stackFolder } = await readServed(stacks, undefined);

    expect(unknownsIn(stack)).toEqual([]);
    expect(stack.apis[0]?.api.authorizers.token?.uri).toContain("function:decide/");
    expect(stackFolder).toBe(join(output, "stacks", "orders"));
    expect(stack.functions.map(({ name, packageFile, environment }) => [name, packageFile, environment])).toEqual([
      ["own", "assets/own.zip", { TABLE: "callers" }],
      ["decide", "../shared/assets/decide.zip", {}],
    ]);
    expect(stack.tables.map(({ name }) => name)).toEqual(["callers"]);
    expect(stack.queues).toEqual([]);
  });

  it("use functions of another stack that they call by name, if one stack alone has it", async () => {
    const uri = functionUri("arn:aws:lambda:eu-west-1:000000000000:function:decide");
    const one = await readServed(synthesized({ orders: { resource: api(uri) }, shared }), undefined);
    const two = await readServed(synthesized({ orders: { resource: api(uri) }, shared, twin: shared }), undefined);

    expect(one.stack.functions.map(({ name }) => name)).toEqual(["decide"]);
    expect(two.stack.functions).toEqual([]);
  });

  it("find zips that lie elsewhere where they are", async () => {
    const elsewhere = {
      resource: { aws_lambda_function: { decide: { function_name: "decide", filename: "/a/b.zip" } } },
    };
    const uri = functionUri("arn:aws:lambda:eu-west-1:000000000000:function:decide");

    const { stack } = await readServed(synthesized({ orders: { resource: api(uri) }, elsewhere }), undefined);

    expect(stack.functions.map(({ packageFile }) => packageFile)).toEqual(["/a/b.zip"]);
  });

  it("are several, where several are asked for, with the plans of each", async () => {
    const stacks = synthesized({ orders: { resource: api("") }, items: { resource: api("") }, shared });

    const { stack } = await readServed(stacks, "orders, items");

    expect(stack.name).toBe("orders, items");
    expect(stack.apis.map(({ address }) => address)).toEqual([
      "orders/aws_api_gateway_rest_api.api",
      "items/aws_api_gateway_rest_api.api",
    ]);
    expect(new Set(stack.apis.map(({ id }) => id)).size).toBe(2);
    expect(stack.usagePlans.map(({ apiStages }) => apiStages[0]?.apiAddress)).toEqual(
      stack.apis.map(({ address }) => address),
    );
  });

  it("are named where they are served as if they were in another region", async () => {
    const stacks = synthesized({
      orders: { resource: api("") },
      items: { provider: { aws: [{ region: "us-east-1" }] }, resource: api("") },
    });

    const both = await readServed(stacks, "orders,items");
    const one = await readServed(stacks, "items");

    expect(both.warnings).toEqual(['"items" is in us-east-1, and is served as if it were in eu-west-1, too']);
    expect(one.warnings).toEqual([]);
  });

  it("fails when an output of another stack is broken, and names the file of that one", async () => {
    const broken = { ...shared, resource: {} };
    const resource = api(functionUri(`\${${INPUT}.cross-stack-output-fn}`));

    const reading = readServed(synthesized({ orders: { ...readsShared, resource }, shared: broken }), "orders");

    const place = `${join(output, "stacks", "shared", "cdk.tf.json")}: output.cross-stack-output-fn`;
    await expect(reading).rejects.toThrow(expect.objectContaining({ code: "REFERENCE_DANGLING", place }));
  });

  it("have unknowns where no stack of the project writes the state that they read", async () => {
    const resource = api(functionUri(`\${${INPUT}.cross-stack-output-fn}`));

    const { stack } = await readServed(synthesized({ orders: { ...readsShared, resource }, other: {} }), "orders");

    expect(unknownsIn(stack).map(({ address }) => address)).toContain(
      "data.terraform_remote_state.cross-stack-reference-input-shared",
    );
  });

  it("fails when one of several is not there", async () => {
    const stacks = synthesized({ orders: { resource: api("") }, items: { resource: api("") } });

    await expect(readServed(stacks, "orders,none")).rejects.toThrow(expect.objectContaining({ code: "STACK_UNKNOWN" }));
  });

  it("say which file declares what has no value before apply", async () => {
    const shop = {
      data: { aws_ssm_parameter: { names: { name: "/names" } } },
      resource: {
        ...api(functionUri("none")),
        aws_api_gateway_integration: {
          get: {
            rest_api_id: "${aws_api_gateway_rest_api.api.id}",
            resource_id: "${aws_api_gateway_rest_api.api.root_resource_id}",
            http_method: "GET",
            type: "HTTP_PROXY",
            uri: "https://${data.aws_ssm_parameter.names.value}",
          },
        },
        aws_sqs_queue: { jobs: { for_each: "${data.aws_ssm_parameter.names.value}", name: "${each.key}" } },
      },
    };

    const { stack } = await readServed(synthesized({ shop }), undefined);

    const file = relative(process.cwd(), join(output, "stacks", "shop", "cdk.tf.json"));
    expect(unreadLines(stack)).toEqual([`(${file}): aws_sqs_queue.jobs for_each: has no value before apply`]);
    expect(createGateway({ stacks: [stack], host: fakeHost() }).notEmulated()).toContainEqual(
      expect.objectContaining({
        attribute: "data.aws_ssm_parameter.names.value",
        reason: `has no value before apply; integration.uri in ${file} needs it`,
      }),
    );
  });
});
