import type { Json } from "../../../definition/json";
import { filesOf } from "../../../definition/terraform/root-files";
import { type Unknown, unknownsIn } from "../../../definition/unknown";
import { evaluate } from "./evaluate";
import { CORPUS, CORPUS_FOLDER, CORPUS_LOCALS, CORPUS_VALUES } from "./expression-corpus";

const root = {
  provider: { aws: [{ region: "eu-west-1" }] },
  locals: { name: "Orders", list: ["a", "b"], map: { key: "value" }, on: true },
  variable: { size: { default: 3 }, secret: { type: "string" } },
  resource: {
    aws_sqs_queue: { q: { name: "q", tags: { a: "b" }, block: { a: "c" }, blocks: [{ a: "d" }] } },
    aws_vpc_endpoint: { main: { service_name: "s" } },
    aws_lambda_function: {
      many: { count: 2, function_name: "f" },
      one: { count: "${local.on ? 1 : 0}", function_name: "f" },
    },
  },
  module: { other: { source: "./other" } },
};

describe("expressions", () => {
  it.each<[string, Json]>([
    ['${"literal \\" \\n \\u00e9 $${x}"}', 'literal " \n é ${x}'],
    ["${1 + 2 * 3 - 1}", 6],
    ["${-var.size}", -3],
    ["${var.size > 2 && !false}", true],
    ["${var.size <= 2 || local.on == false}", false],
    ['${local.on ? "yes" : "no"}', "yes"],
    ['%{ if local.on }yes%{ else }no%{ endif } and "${local.name}"\n', 'yes and "Orders"\n'],
    ['${local.map["key"]}', "value"],
    ["${local.list[var.size - 2]}", "b"],
    ["${(local.map).key}", "value"],
    ["${null}", null],
    [
      '${jsonencode({ b = [1, true], a = "<${local.name}>", "c d" : null })}',
      '{"a":"\\u003cOrders\\u003e","b":[1,true],"c d":null}',
    ],
    ['${join("-", local.list, ["c"])}', "a-b-c"],
    ['${join(",", concat(local.list, ["c"])...)}', "${unknown}"],
    ["${aws_lambda_function.many[1].arn}", "arn:aws:lambda:eu-west-1:000000000000:function:f"],
    ["${aws_lambda_function.many[*].function_name}", ["f", "f"]],
    ["${length(aws_lambda_function.many)}", 2],
    ['${format("%s has %d%%", local.name, 3)}', "Orders has 3%"],
    ["${lower(upper(local.name))}", "orders"],
    ['${replace("a.b.c", ".", "-")}', "a-b-c"],
    ['${base64encode("é")}', "w6k="],
    ["${merge(local.map, { other = 1 }).other}", 1],
    ["${length(local.list)}", 2],
    ['${tostring(1)}${trimprefix("/a", "/")}${trimsuffix("a/", "/")}', "1aa"],
    ['${jsondecode("{\\"a\\":[1]}").a[0]}', 1],
    ['${"${path.module}/x"} ${terraform.workspace}', "./x default"],
    ["${aws_sqs_queue.q.tags.a}", "b"],
    ["${aws_sqs_queue.q.block[0].a}", "c"],
    ["${aws_sqs_queue.q.blocks[0].a}", "d"],
    ["${aws_sqs_queue.q.arn}", "arn:aws:sqs:eu-west-1:000000000000:q"],
    ["${aws_lambda_function.one[0].arn}", "arn:aws:lambda:eu-west-1:000000000000:function:f"],
  ])("evaluates %j", async (template, expected) => {
    const value = await evaluate(template, root);

    if (expected === "${unknown}") expect(unknownsIn(value)).toHaveLength(1);
    else expect(value).toEqual(expected);
  });

  it.each<[string, Unknown]>([
    ["${aws_vpc_endpoint.main.id}", { address: "aws_vpc_endpoint.main", attribute: "id" }],
    ["${aws_vpc_endpoint.main.dns_entry[0].dns_name}", { address: "aws_vpc_endpoint.main", attribute: "dns_entry" }],
    ["x-${aws_vpc_endpoint.main.id}", { address: "aws_vpc_endpoint.main", attribute: "id" }],
    ["${var.secret}", { address: "var.secret", attribute: "default" }],
    ["${module.other.url}", { address: "module.other", attribute: "url" }],
    ["${each.value}", { address: "each.value", attribute: "" }],
    ["${jsonencode([aws_vpc_endpoint.main.id])}", { address: "aws_vpc_endpoint.main", attribute: "id" }],
    ["${lower(aws_vpc_endpoint.main.id)}", { address: "test.owner", attribute: "lower(aws_vpc_endpoint.main.id)" }],
    ['${filebase64("a")}', { address: "test.owner", attribute: "filebase64('a')" }],
    ["${timestamp()}", { address: "test.owner", attribute: "timestamp()" }],
    ["${provider::time::now()}", { address: "test.owner", attribute: "provider::time::now()" }],
    ["${[for x in [aws_vpc_endpoint.main.id] : x]}", { address: "aws_vpc_endpoint.main", attribute: "id" }],
    ["${local.map.absent}", { address: "test.owner", attribute: "local.map.absent" }],
    ["${1 +}", { address: "test.owner", attribute: "1 +" }],
  ])("makes an unknown of %j", async (template, unknown) => {
    expect(unknownsIn(await evaluate(template, root))).toEqual([unknown]);
  });

  it.each(CORPUS.map((template, index) => [template, CORPUS_VALUES[index]] as const))(
    "evaluates %j as Terraform does",
    async (template, expected) => {
      expect(await evaluate(template, { locals: CORPUS_LOCALS }, filesOf(CORPUS_FOLDER))).toEqual(expected);
    },
  );

  it("embeds unknowns so that JSON around them stays JSON", async () => {
    const value = await evaluate('{"a": "${filebase64("a\\\\b")}"}', root);

    expect(unknownsIn(JSON.parse(String(value)))).toHaveLength(1);
  });

  it.each([
    ["an undeclared resource", "${aws_sqs_queue.other.arn}", "REFERENCE_DANGLING"],
    ["an undeclared data source", "${data.aws_region.other.name}", "REFERENCE_DANGLING"],
    ["an undeclared local value", "${local.other}", "REFERENCE_DANGLING"],
  ])("fails when a template refers to %s", async (_title, template, code) => {
    await expect(evaluate(template, root)).rejects.toThrow(expect.objectContaining({ code, place: "test.owner" }));
  });

  it("fails when values depend on each other", async () => {
    const locals = { a: "${local.b}", b: "${local.a}" };

    await expect(evaluate("${local.a}", { locals })).rejects.toThrow(
      expect.objectContaining({
        code: "REFERENCE_CYCLE",
        problem: expect.stringContaining("local.a -> local.b -> local.a"),
      }),
    );
  });
});
