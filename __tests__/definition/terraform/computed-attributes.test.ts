import { COMPUTED_ATTRIBUTES } from "../../../definition/terraform/computed-attributes";
import { evaluate } from "./evaluate";

const names = { name: "n", function_name: "n", bucket: "n", stage_name: "v1" };

describe("computed attributes", () => {
  it.each([
    ["aws_lambda_function.x.arn", "arn:aws:lambda:eu-west-1:000000000000:function:n"],
    [
      "aws_lambda_function.x.invoke_arn",
      "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:n/invocations",
    ],
    [
      "aws_lambda_function.x.response_streaming_invoke_arn",
      "arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/arn:aws:lambda:eu-west-1:000000000000:function:n/response-streaming-invocations",
    ],
    ["aws_lambda_function.x.qualified_arn", "arn:aws:lambda:eu-west-1:000000000000:function:n:$LATEST"],
    ["aws_lambda_alias.x.arn", "arn:aws:lambda:eu-west-1:000000000000:function:n:n"],
    ["aws_dynamodb_table.x.arn", "arn:aws:dynamodb:eu-west-1:000000000000:table/n"],
    ["aws_sqs_queue.x.url", "https://sqs.eu-west-1.amazonaws.com/000000000000/n"],
    ["aws_sqs_queue.x.arn", "arn:aws:sqs:eu-west-1:000000000000:n"],
    ["aws_sns_topic.x.arn", "arn:aws:sns:eu-west-1:000000000000:n"],
    ["aws_s3_bucket.x.arn", "arn:aws:s3:::n"],
    ["aws_iam_role.x.arn", "arn:aws:iam::000000000000:role/n"],
    ["aws_cloudwatch_log_group.x.arn", "arn:aws:logs:eu-west-1:000000000000:log-group:n"],
    ["data.aws_caller_identity.x.account_id", "000000000000"],
    ["data.aws_region.x.name", "eu-west-1"],
    ["data.aws_partition.x.partition", "aws"],
    ["data.aws_dynamodb_table.x.arn", "arn:aws:dynamodb:eu-west-1:000000000000:table/n"],
  ])("gives ${%s}", async (reference, expected) => {
    expect(await evaluate(`\${${reference}}`, rootFor(reference))).toBe(expected);
  });

  it.each([
    [
      "cn-north-1",
      "arn:aws-cn:sqs:cn-north-1:000000000000:n",
      "https://sqs.cn-north-1.amazonaws.com.cn/000000000000/n",
    ],
    [
      "us-gov-west-1",
      "arn:aws-us-gov:sqs:us-gov-west-1:000000000000:n",
      "https://sqs.us-gov-west-1.amazonaws.com/000000000000/n",
    ],
  ])("follows the partition of %s", async (region, arn, url) => {
    const root = rootFor("aws_sqs_queue.x", region);

    expect(await evaluate(["${aws_sqs_queue.x.arn}", "${aws_sqs_queue.x.url}"], root)).toEqual([arn, url]);
  });

  it("gives an API an id of ten characters that is the same on every run and differs between APIs", async () => {
    const root = { resource: { aws_api_gateway_rest_api: { a: {}, b: {} } } };
    const ids = ["${aws_api_gateway_rest_api.a.id}", "${aws_api_gateway_rest_api.b.id}"];

    const [first, second] = (await evaluate(ids, root)) as string[];

    expect(first).toMatch(/^[a-z0-9]{10}$/);
    expect(second).not.toBe(first);
    expect(await evaluate(ids, root)).toEqual([first, second]);
  });

  it("prefers what a resource sets to what it would compute", async () => {
    const root = { resource: { aws_sqs_queue: { x: { name: "n", url: "set" } } } };

    expect(await evaluate("${aws_sqs_queue.x.url}", root)).toBe("set");
  });

  it.each(Object.entries(COMPUTED_ATTRIBUTES).flatMap(([type, row]) => Object.keys(row).map((name) => [type, name])))(
    "has a text for %s.%s",
    async (type, name) => {
      const value = await evaluate(`\${${type}.x.${name}}`, rootFor(`${type}.x`));

      expect(value).toEqual(expect.stringMatching(name.endsWith("json") ? /^\{\s*"Version"/ : /^[\w:/.$\-[\]]+$/));
    },
  );
});

function rootFor(reference: string, region = "eu-west-1") {
  const isData = reference.startsWith("data.");
  const [type = ""] = reference.split(".").slice(isData ? 1 : 0);
  const body = type === "aws_region" ? {} : names;
  return { provider: { aws: [{ region }] }, [isData ? "data" : "resource"]: { [type]: { x: body } } };
}
