import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { RECOVERY_RULES } from "../../../deploy/recover/recovery-rules";

const MODULES = resolve(__dirname, "../../../modules");
const PLACE = { account: "111111111111", region: "eu-west-1", partition: "aws", dnsSuffix: "amazonaws.com" };

describe("RECOVERY_RULES", () => {
  it("has a rule for every type that the constructs emit", () => {
    const sources = sourcesIn(MODULES);
    const bound = [...sources.matchAll(/@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/g)].map(([, name = ""]) => name);
    const written = [...sourcesIn(join(MODULES, "rest-api/emission")).matchAll(/type: "(aws_\w+)"/g)].map(
      ([, type = ""]) => type,
    );
    const types = bound
      .filter((name) => !/^(data-|provider$)/.test(name))
      .map((name) => `aws_${name.replaceAll("-", "_")}`);

    const without = [...new Set([...types, ...written])].filter((type) => RECOVERY_RULES[type] === undefined);

    expect(types.length).toBeGreaterThan(20);
    expect(without).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ["aws_api_gateway_base_path_mapping", { domain_name: "a.example.com" }, "a.example.com/"],
    ["aws_api_gateway_base_path_mapping", { domain_name: "a.example.com", base_path: "v1" }, "a.example.com/v1"],
    ["aws_api_gateway_usage_plan_key", { usage_plan_id: "p", key_id: "k" }, "p/k"],
    ["aws_cloudwatch_log_metric_filter", { log_group_name: "/a", name: "errors" }, "/a:errors"],
    [
      "aws_iam_role_policy_attachment",
      { role: "r", policy_arn: "arn:aws:iam::aws:policy/X" },
      "r/arn:aws:iam::aws:policy/X",
    ],
    ["aws_lambda_function_event_invoke_config", { function_name: "f", qualifier: "live" }, "f:live"],
    ["aws_lambda_function_event_invoke_config", { function_name: "f", qualifier: "" }, "f"],
    ["aws_lambda_permission", { function_name: "f", qualifier: "live", statement_id: "s" }, "f:live/s"],
    ["aws_lambda_permission", { function_name: "f", statement_id: "s" }, "f/s"],
    ["aws_route53_record", { zone_id: "Z1", name: "a.example.com", type: "A" }, "Z1_a.example.com_A"],
    ["aws_sns_topic", { name: "news" }, "arn:aws:sns:eu-west-1:111111111111:news"],
    ["aws_sqs_queue", { name: "events" }, "https://sqs.eu-west-1.amazonaws.com/111111111111/events"],
  ])("imports %s with %j as %s", (type, given, expected) => {
    const rule = RECOVERY_RULES[type];

    expect(rule?.by === "id" && rule.id({ ...PLACE, argument: (name) => given[name] })).toBe(expected);
  });
});

function sourcesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}
