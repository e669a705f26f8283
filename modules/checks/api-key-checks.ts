import { TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { literal } from "../terraform-text";
import type { ApiKeyOptions } from "../usage-plans/api-key";
import { type Check, mismatches, outside, runChecks } from "./check";
import { recordFinding } from "./findings";
import { warnAtSynth } from "./warning";

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html */
const CHECKS: readonly Check<ApiKeyOptions>[] = [
  {
    code: "API_KEY_NAME_INVALID",
    problem: ({ apiKeyName }) =>
      apiKeyName !== undefined && !Token.isUnresolved(apiKeyName) && outside(apiKeyName.length, 1, 1024)
        ? `the name of an API key must have 1 to 1024 characters, got ${apiKeyName.length}`
        : undefined,
    fix: "use a shorter name, and description for the rest",
  },
  {
    code: "API_KEY_VALUE_INVALID",
    problem: ({ value }) =>
      // No value in the message: it is a secret even where AWS would refuse it.
      mismatches(value, /^[\x21-\x7e]{20,128}$/)
        ? `the value of an API key must have 20 to 128 characters that a header can carry, without spaces, got ${value?.length} characters`
        : undefined,
    fix: "leave the value to AWS, or use a longer one of letters and digits",
  },
];

/** Records each mistake of a key, and warns of a value that everybody can read. */
export function checkApiKey(scope: IConstruct, options: ApiKeyOptions): void {
  runChecks(scope, CHECKS, options);
  const value = literal(options.value);
  if (value === undefined) return;
  checkUnique(scope, value);
  warnAtSynth(scope, () => [
    {
      code: "API_KEY_VALUE_LITERAL",
      problem: `the value of the API key "${options.apiKeyName}" is a literal, which stands in the source and in cdk.tf.json`,
      fix: "leave the value to AWS, or pass a TerraformVariable that is sensitive",
    },
  ]);
}

const known = new WeakMap<IConstruct, Map<string, string>>();

function checkUnique(scope: IConstruct, value: string): void {
  const stack = TerraformStack.of(scope);
  const ofStack = known.get(stack) ?? new Map<string, string>();
  known.set(stack, ofStack);
  const other = ofStack.get(value);
  if (other === undefined) {
    ofStack.set(value, scope.node.path);
    return;
  }
  const problem = `the API key has the same value as ${other}, and values are unique in an account and region`;
  const fix = "let both be one key, in as many plans as needed, or give each its own value";
  recordFinding(scope, new ConfigurationError("API_KEY_VALUE_DUPLICATE", scope.node.path, problem, fix));
}
