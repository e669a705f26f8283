import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../../definition/json";
import { readStack, readStackJson } from "../../../definition/terraform/read-stack";
import { evaluate } from "./evaluate";

/** A stack of one table. */
async function tableWith(body: JsonObject, more: JsonObject = {}) {
  const resource = { aws_dynamodb_table: { t: { name: "t", hash_key: "id", ...body } } };
  const { tables, unread } = await readStackJson({ resource, ...more }, "root");
  return { table: tables[0], unread };
}

describe("resources under count and for_each", () => {
  const root: JsonObject = {
    locals: { names: ["b", "a"], routes: { get: { verb: "GET" }, post: { verb: "POST" } } },
    resource: {
      aws_sqs_queue: {
        counted: { count: "${length(local.names)}", name: "q-${local.names[count.index]}" },
        each: { for_each: "${local.routes}", name: "${each.key}-${each.value.verb}" },
        set: { for_each: "${toset(local.names)}", name: "${each.value}" },
        literal: { for_each: { x: "1" }, name: "${each.value}" },
        off: { count: 0, name: "off" },
        single: { name: "single" },
      },
    },
  };

  it.each([
    ["${aws_sqs_queue.counted[1].name}", "q-a"],
    ["${aws_sqs_queue.counted[*].name}", ["q-b", "q-a"]],
    ['${aws_sqs_queue.each["post"].name}', "post-POST"],
    ["${{ for key, queue in aws_sqs_queue.each : key => queue.name }}", { get: "get-GET", post: "post-POST" }],
    ["${[for queue in aws_sqs_queue.set : queue.arn][0]}", "arn:aws:sqs:us-east-1:000000000000:a"],
    ["${values(aws_sqs_queue.literal)[*].name}", ["1"]],
    ["${one(aws_sqs_queue.off[*].name) == null}", true],
    ['${try(aws_sqs_queue.off[0].name, "none")}', "none"],
    ["${aws_sqs_queue.single[*].name}", ["single"]],
    ["${keys(aws_sqs_queue.each)}", ["get", "post"]],
  ])("are referred to by %s", async (template, expected) => {
    expect(await evaluate(template, root)).toEqual(expected);
  });

  it("are read one by one", async () => {
    const { queues } = await readStackJson(root, "root");

    expect(queues.map(({ address, name }) => [address, name])).toEqual([
      ["aws_sqs_queue.counted[0]", "q-b"],
      ["aws_sqs_queue.counted[1]", "q-a"],
      ['aws_sqs_queue.each["get"]', "get-GET"],
      ['aws_sqs_queue.each["post"]', "post-POST"],
      ['aws_sqs_queue.set["a"]', "a"],
      ['aws_sqs_queue.set["b"]', "b"],
      ['aws_sqs_queue.literal["x"]', "1"],
      ["aws_sqs_queue.single", "single"],
    ]);
  });

  it("make an API whose methods are multiplied", async () => {
    const rest_api_id = "${aws_api_gateway_rest_api.api.id}";
    const place = (type: string) => ({
      rest_api_id,
      resource_id: `\${${type}.r["things"].id}`,
      http_method: "${each.value}",
      for_each: "${toset(local.verbs)}",
    });
    const { apis } = await readStackJson(
      {
        locals: { verbs: ["GET", "PUT"], paths: { things: "a thing", other: "another" } },
        resource: {
          aws_api_gateway_rest_api: { api: { name: "api" } },
          aws_api_gateway_resource: {
            r: {
              for_each: "${local.paths}",
              rest_api_id,
              parent_id: "${aws_api_gateway_rest_api.api.root_resource_id}",
              path_part: "${each.key}",
            },
          },
          aws_api_gateway_method: { m: { ...place("aws_api_gateway_resource"), authorization: "NONE" } },
          aws_api_gateway_integration: {
            i: {
              ...place("aws_api_gateway_resource"),
              http_method: "${aws_api_gateway_method.m[each.key].http_method}",
              type: "MOCK",
            },
          },
        },
      },
      "root",
    );

    expect(apis[0]?.api.methods.map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`)).toEqual([
      "GET /things",
      "PUT /things",
    ]);
  });
});

describe("dynamic blocks", () => {
  it.each<[string, JsonObject]>([
    ["with its name as iterator", { for_each: "${local.keys}", content: { name: "${attribute.value}", type: "S" } }],
    [
      "with an iterator, as a list",
      {
        for_each: "${local.keys}",
        iterator: "key",
        content: [{ name: "${key.value}", type: '${key.key == 0 ? "S" : "S"}' }],
      },
    ],
  ])("are expanded, beside blocks that are written out, %s", async (_title, block) => {
    const body = { attribute: [{ name: "id", type: "S" }], dynamic: { attribute: block } };

    const { table } = await tableWith(body, { locals: { keys: ["a", "b"] } });

    expect(table?.attributes.map(({ name }) => name)).toEqual(["id", "a", "b"]);
  });

  it("are expanded inside of others", async () => {
    const dynamic = {
      settings: {
        for_each: { one: ["x", "y"] },
        content: {
          dynamic: { part: { for_each: "${settings.value}", content: { text: "${settings.key}-${part.value}" } } },
        },
      },
    };
    const resource = { aws_thing: { t: { dynamic } } };

    expect(await evaluate("${aws_thing.t.settings[0].part[1].text}", { resource })).toBe("one-y");
  });

  it("are named where nobody knows how many there are", async () => {
    const dynamic = { attribute: { for_each: "${var.unknown}", content: { name: "a", type: "S" } } };

    const { unread } = await tableWith({ dynamic });

    expect(unread).toEqual([{ address: "aws_dynamodb_table.t", attribute: "dynamic.attribute" }]);
  });
});

describe("what is called and read from elsewhere", () => {
  it("names modules of a configuration that is not read", async () => {
    const { unread } = await readStackJson({ module: { vpc: { source: "./vpc" } } }, "root");

    expect(unread).toEqual([{ address: "module.vpc", attribute: "source" }]);
  });

  it("builds the policy of a policy document", async () => {
    const data: JsonObject = {
      aws_iam_policy_document: {
        base: { statement: { sid: "Base", actions: ["s3:GetObject"], resources: ["*"] } },
        all: {
          source_policy_documents: ["${data.aws_iam_policy_document.base.json}"],
          statement: [
            {
              sid: "Invoke",
              effect: "Deny",
              principals: { type: "AWS", identifiers: ["*"] },
              actions: ["execute-api:Invoke", "execute-api:ManageConnections"],
              resources: ["execute-api:/*"],
              condition: {
                test: "NotIpAddress",
                variable: "aws:SourceIp",
                values: ["192.0.2.0/24", "198.51.100.0/24"],
              },
            },
            { principals: [{ type: "*", identifiers: ["*"] }], actions: ["a:b"], resources: ["*"] },
          ],
        },
      },
    };

    expect(JSON.parse(String(await evaluate("${data.aws_iam_policy_document.all.json}", { data })))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Base", Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
        {
          Sid: "Invoke",
          Effect: "Deny",
          Action: ["execute-api:ManageConnections", "execute-api:Invoke"],
          Resource: "execute-api:/*",
          Principal: { AWS: "*" },
          Condition: { NotIpAddress: { "aws:SourceIp": ["198.51.100.0/24", "192.0.2.0/24"] } },
        },
        { Effect: "Allow", Action: "a:b", Resource: "*", Principal: "*" },
      ],
    });
  });
});

describe("modules that cdk.tf.json calls", () => {
  it("are read where they are on this machine, also those that they call", async () => {
    const folder = mkdtempSync(join(tmpdir(), "headgate-modules-"));
    mkdirSync(join(folder, "queue", "inner"), { recursive: true });
    writeFileSync(
      join(folder, "queue", "main.tf"),
      'variable "name" {}\nmodule "inner" {\n  source = "./inner"\n  name = upper(var.name)\n}\noutput "url" { value = module.inner.url }\n',
    );
    writeFileSync(
      join(folder, "queue", "inner", "main.tf"),
      'variable "name" {}\nresource "aws_sqs_queue" "q" { name = var.name }\noutput "url" { value = aws_sqs_queue.q.url }\n',
    );
    const root = {
      module: {
        jobs: { source: "./queue", for_each: { a: 1, b: 2 }, name: "jobs-${each.key}" },
        far: { source: "terraform-aws-modules/vpc/aws" },
      },
      resource: {
        aws_lambda_function: {
          f: { function_name: "f", environment: { variables: { QUEUE: '${module.jobs["a"].url}' } } },
        },
      },
    };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(root));

    const { queues, functions, unread } = await readStack(folder);

    rmSync(folder, { recursive: true });
    expect(queues.map(({ address, name }) => [address, name])).toEqual([
      ['module.jobs["a"].module.inner.aws_sqs_queue.q', "JOBS-A"],
      ['module.jobs["b"].module.inner.aws_sqs_queue.q', "JOBS-B"],
    ]);
    expect(functions[0]?.environment).toEqual({ QUEUE: "https://sqs.us-east-1.amazonaws.com/000000000000/JOBS-A" });
    expect(unread).toEqual([{ address: "module.far", attribute: "source" }]);
  });
});
