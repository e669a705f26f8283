import { TerraformVariable } from "cdktf";
import {
  Code,
  Duration,
  type FunctionProps,
  Function as LambdaFunction,
  NodejsFunction,
  type NodejsFunctionProps,
  Runtime,
  Size,
} from "../../../modules";
import type { CodeConfig } from "../../../modules/functions/code-config";
import { deprecatedSince, isRetired, successorOf } from "../../../modules/functions/runtime";
import { onlyResource, synthApi } from "../../../modules/testing";
import { expectRefusal, lambda, token } from "../support/refusals";
import { warningsOf } from "../support/warnings";

/** Code that was built for something. */
class BuiltCode extends Code {
  constructor(private readonly built: Partial<CodeConfig>) {
    super();
  }

  override bind(): CodeConfig {
    return { location: { filename: "built.zip" }, handler: "index.handler", ...this.built };
  }
}

const withCode =
  (code: Code, props: Partial<FunctionProps> = {}) =>
  () =>
    synthApi((stack) => new LambdaFunction(stack, "Fn", { code, ...props }));
const many = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);

describe("Function", () => {
  it.each<[string, string, Partial<NodejsFunctionProps>]>([
    ["FUNCTION_ALIAS_NAME_INVALID", 'got "7"', { aliasName: "7" }],
    ["FUNCTION_ALIAS_NAME_INVALID", 'got "a b"', { aliasName: "a b" }],
    ["FUNCTION_ALIAS_NAME_INVALID", "must be a literal", { aliasName: token }],
    ["FUNCTION_DESCRIPTION_TOO_LONG", "got 257", { description: "d".repeat(257) }],
    ["FUNCTION_RUNTIME_RETIRED", 'runtime "nodejs14.x"', { runtime: Runtime.NODEJS_14_X }],
    ["FUNCTION_STORAGE_OUT_OF_RANGE", "got 511", { ephemeralStorageSize: Size.mebibytes(511) }],
    ["FUNCTION_STORAGE_OUT_OF_RANGE", "got 10241", { ephemeralStorageSize: Size.mebibytes(10_241) }],
    ["FUNCTION_STORAGE_OUT_OF_RANGE", "got 600.5", { ephemeralStorageSize: Size.mebibytes(600.5) }],
    ["FUNCTION_MEMORY_OUT_OF_RANGE", "got 256.5", { memorySize: 256.5 }],
    ["FUNCTION_LAYERS_TOO_MANY", "got 6", { layers: many(6) }],
    ["FUNCTION_NETWORK_INVALID", "got 0 and 1", { vpc: { subnets: [], securityGroups: ["sg"] } }],
    ["FUNCTION_NETWORK_INVALID", "got 1 and 0", { vpc: { subnets: ["subnet"], securityGroups: [] } }],
    ["FUNCTION_NETWORK_INVALID", "got 17 and 1", { vpc: { subnets: many(17), securityGroups: ["sg"] } }],
    ["FUNCTION_PROVISIONED_CONCURRENCY_INVALID", "got 0 of Infinity", { provisionedConcurrentExecutions: 0 }],
    [
      "FUNCTION_PROVISIONED_CONCURRENCY_INVALID",
      "got 6 of 5",
      { provisionedConcurrentExecutions: 6, reservedConcurrentExecutions: 5 },
    ],
    [
      "FUNCTION_DEAD_LETTERS_AMBIGUOUS",
      "both deadLetterQueue and deadLetterTopic",
      {
        deadLetterQueue: "arn:aws:sqs:eu-west-1:111111111111:q",
        deadLetterTopic: "arn:aws:sns:eu-west-1:111111111111:t",
      },
    ],
    ["FUNCTION_DEAD_LETTERS_FIFO", ":q.fifo", { deadLetterQueue: "arn:aws:sqs:eu-west-1:111111111111:q.fifo" }],
    ["FUNCTION_EVENT_AGE_OUT_OF_RANGE", "got 59 s", { maxEventAge: Duration.seconds(59) }],
    ["FUNCTION_EVENT_AGE_OUT_OF_RANGE", "got 25200 s", { maxEventAge: Duration.hours(7) }],
    ["FUNCTION_RETRY_ATTEMPTS_OUT_OF_RANGE", "got 3", { retryAttempts: 3 }],
    ["FUNCTION_RETRY_ATTEMPTS_OUT_OF_RANGE", "got 0.5", { retryAttempts: 0.5 }],
    ["FUNCTION_VARIABLE_NAME_INVALID", 'got "AWS_REGION"', { environment: { AWS_REGION: "eu-west-1" } }],
    ["FUNCTION_VARIABLE_NAME_INVALID", 'got "1ST"', { environment: { "1ST": "first" } }],
    ["FUNCTION_ENVIRONMENT_TOO_LARGE", "got 4108", { environment: { LARGE: "x".repeat(4096) } }],
  ])("fails when %s: %s", (code, problem, props) => {
    expectRefusal({ code, problem, build: lambda(props) });
  });

  it("fails when code that is no bundle has no handler", () => {
    expectRefusal({
      code: "FUNCTION_HANDLER_MISSING",
      problem: "only bundles name their own",
      build: withCode(Code.fromAsset("code.zip")),
    });
  });

  it("fails when a bundle is for a newer Node.js than the runtime", () => {
    expectRefusal({
      code: "FUNCTION_RUNTIME_TOO_OLD",
      problem: 'for Node.js 22 or newer, but runtime is "nodejs20.x"',
      build: withCode(new BuiltCode({ nodeMajor: 22 }), { runtime: Runtime.NODEJS_20_X }),
    });
  });

  it.each([Runtime.PYTHON_3_13, Runtime.JAVA_21])("fails when a bundle is to run on %s", (runtime) => {
    expectRefusal({
      code: "BUNDLE_RUNTIME",
      problem: `the bundle "fn" is JavaScript, and the runtime is ${runtime}`,
      build: withCode(Code.fromBundle("fn"), { runtime }),
    });
  });

  it("runs a bundle on a runtime that its zip or a layer brings along", () => {
    expect(withCode(Code.fromBundle("fn"), { runtime: Runtime.PROVIDED_AL2023 })).not.toThrow();
  });

  it("fails when two functions have the same name, as those of one bundle do", () => {
    expectRefusal({
      code: "FUNCTION_NAME_TAKEN",
      problem: 'functionName "test-pay" is that of test/First',
      build: () =>
        synthApi((stack) => {
          new NodejsFunction(stack, "First", { bundle: "pay" });
          new NodejsFunction(stack, "Second", { bundle: "pay" });
        }),
    });
  });

  it("leaves numbers to Terraform that are not known at synth", () => {
    const terraform = synthApi((stack) => {
      const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
      new LambdaFunction(stack, "Fn", {
        code: Code.fromBundle("fn"),
        memorySize: number,
        reservedConcurrentExecutions: number,
        provisionedConcurrentExecutions: number,
        retryAttempts: number,
      });
    });

    expect(onlyResource(terraform, "aws_lambda_function").memory_size).toBe("${var.number}");
    expect(onlyResource(terraform, "aws_lambda_provisioned_concurrency_config")).toMatchObject({
      provisioned_concurrent_executions: "${var.number}",
    });
  });

  it("fails when native modules are for another architecture", () => {
    expectRefusal({
      code: "FUNCTION_ARCHITECTURE_DIFFERS",
      problem: "for x86_64, but architecture is arm64",
      build: withCode(new BuiltCode({ architecture: "x86_64" })),
    });
  });

  it("fails when variables that are added later are too large", () => {
    expectRefusal({
      code: "FUNCTION_ENVIRONMENT_TOO_LARGE",
      problem: "got 4108",
      build: () =>
        synthApi((stack) => {
          new LambdaFunction(stack, "Fn", { code: Code.fromBundle("fn") }).addEnvironment("LARGE", "x".repeat(4096));
        }),
    });
  });

  it("joins options of Node.js that its code needs with its own", () => {
    const terraform = withCode(new BuiltCode({ environment: { NODE_OPTIONS: "--enable-source-maps" } }), {
      environment: { NODE_OPTIONS: "--no-warnings" },
    })();

    expect(JSON.stringify(terraform)).toContain('"NODE_OPTIONS":"--enable-source-maps --no-warnings"');
  });
});

describe("runtimes", () => {
  it("are deprecated by a table, whatever day it is", () => {
    const deprecated = Object.values(Runtime).filter((it) => deprecatedSince(it) !== undefined);

    expect(deprecatedSince(Runtime.NODEJS_20_X)).toBe("2026-04-30");
    expect(deprecated.filter(isRetired)).toEqual([]);
    expect(deprecatedSince(Runtime.NODEJS_22_X)).toBeUndefined();
  });

  it.each([
    [Runtime.NODEJS_16_X, Runtime.NODEJS_22_X],
    [Runtime.DOTNET_CORE_3_1, Runtime.DOTNET_8],
    [Runtime.GO_1_X, Runtime.PROVIDED_AL2023],
    [Runtime.JAVA_8, Runtime.JAVA_21],
  ])("have a successor: %s, %s", (old, successor) => {
    expect(successorOf(old)).toBe(successor);
  });

  it.each<[Runtime, readonly unknown[]]>([
    [
      Runtime.NODEJS_20_X,
      [expect.stringMatching(/^FUNCTION_RUNTIME_DEPRECATED: .*since 2026-04-30[\s\S]*fix: use "nodejs22.x"/)],
    ],
    [Runtime.DOTNET_8, [expect.stringMatching(/^FUNCTION_RUNTIME_DEPRECATED: [\s\S]*fix: take a newer AWS provider/)]],
    [Runtime.NODEJS_22_X, []],
  ])("%s is warned about when it has no security updates", (runtime, expected) => {
    const warnings = warningsOf((stack) => {
      new LambdaFunction(stack, "Fn", { code: Code.fromAsset("code.zip"), handler: "index.handler", runtime });
    });

    expect(warnings).toEqual(expected);
  });
});
