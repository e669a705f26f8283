import {
  Code,
  Duration,
  type FunctionProps,
  Function as LambdaFunction,
  type NodejsFunctionProps,
  Runtime,
  Size,
} from "../../../modules";
import { warnOfRuntime } from "../../../modules/checks/function-checks";
import type { CodeConfig } from "../../../modules/functions/code";
import { deprecatedSince, isRetired, successorOf } from "../../../modules/functions/runtime";
import { synthApi } from "../../../modules/testing";
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
    ["FUNCTION_RUNTIME_RETIRED", 'runtime "nodejs14.x"', { runtime: Runtime.NODEJS_14_X }],
    ["FUNCTION_STORAGE_OUT_OF_RANGE", "got 511", { ephemeralStorageSize: Size.mebibytes(511) }],
    ["FUNCTION_STORAGE_OUT_OF_RANGE", "got 10241", { ephemeralStorageSize: Size.mebibytes(10_241) }],
    ["FUNCTION_STORAGE_OUT_OF_RANGE", "got 600.5", { ephemeralStorageSize: Size.mebibytes(600.5) }],
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
  it("are deprecated from the day after their last updates", () => {
    expect(deprecatedSince(Runtime.NODEJS_20_X, "2026-04-30")).toBeUndefined();
    expect(deprecatedSince(Runtime.NODEJS_20_X, "2026-05-01")).toBe("2026-04-30");
  });

  it("are all retired or have a day of their last updates", () => {
    const undated = Object.values(Runtime).filter((it) => !isRetired(it) && deprecatedSince(it, "2100") === undefined);

    expect(undated).toEqual([]);
  });

  it.each([
    [Runtime.NODEJS_16_X, Runtime.NODEJS_22_X],
    [Runtime.DOTNET_CORE_3_1, Runtime.DOTNET_8],
    [Runtime.GO_1_X, Runtime.PROVIDED_AL2023],
    [Runtime.JAVA_8, Runtime.JAVA_21],
  ])("have a successor: %s, %s", (old, successor) => {
    expect(successorOf(old)).toBe(successor);
  });

  it.each<[string, string, readonly string[]]>([
    [
      "warn",
      "2027-05-01",
      [expect.stringMatching(/^FUNCTION_RUNTIME_DEPRECATED: .*since 2027-04-30[\s\S]*fix: use "/)],
    ],
    ["do not warn", "2027-04-30", []],
  ])("%s on %s", (_, day, expected) => {
    const warnings = warningsOf((stack) => warnOfRuntime(stack, Runtime.NODEJS_22_X, new Date(day)));

    expect(warnings).toEqual(expected);
  });
});
