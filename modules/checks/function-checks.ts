import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { Duration } from "../duration";
import type { CodeConfig } from "../functions/code-config";
import type { FunctionProps } from "../functions/function-props";
import { deprecatedSince, isRetired, nodeMajor, type Runtime, successorOf } from "../functions/runtime";
import { type Check, mismatches, outside, runChecks } from "./check";
import { FUNCTION_ENVIRONMENT_CHECKS } from "./function-environment-checks";
import { warnAtSynth } from "./warning";

interface FunctionSubject extends Partial<Omit<FunctionProps, "code">> {
  readonly functionName: string;
  readonly runtime: Runtime;
  readonly code?: CodeConfig;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const CHECKS: readonly Check<FunctionSubject>[] = [
  {
    code: "FUNCTION_NAME_REFERENCE",
    problem: ({ functionName }) =>
      Token.isUnresolved(functionName)
        ? "functionName is a reference, so ARNs could not be known before apply"
        : undefined,
    fix: "pass a literal name",
  },
  {
    code: "FUNCTION_NAME_INVALID",
    problem: ({ functionName }) =>
      mismatches(functionName, /^[A-Za-z0-9_-]{1,64}$/)
        ? `functionName must be 1 to 64 letters, digits, "-" and "_", got "${functionName}" (${functionName.length})`
        : undefined,
    fix: "give the function a shorter functionName, or the stack a shorter id",
  },
  {
    code: "FUNCTION_DESCRIPTION_TOO_LONG",
    problem: ({ description }) =>
      mismatches(description, /^[\s\S]{0,256}$/)
        ? `description must be at most 256 characters, got ${description?.length}`
        : undefined,
    fix: "shorten it",
  },
  {
    code: "FUNCTION_ALIAS_NAME_INVALID",
    problem: ({ aliasName }) =>
      aliasName !== undefined &&
      (Token.isUnresolved(aliasName) || /^\d+$/.test(aliasName) || !/^[A-Za-z0-9_-]{1,128}$/.test(aliasName))
        ? `aliasName must be a literal of 1 to 128 letters, digits, "-" and "_", and no number, got "${aliasName}"`
        : undefined,
    fix: 'use a name such as "live", or leave it out',
  },
  {
    code: "FUNCTION_HANDLER_MISSING",
    problem: ({ code, handler }) =>
      code !== undefined && (handler ?? code.handler) === undefined
        ? "the function has no handler, and only bundles name their own"
        : undefined,
    fix: 'pass handler: "<file>.<export>", such as "index.handler"',
  },
  {
    code: "FUNCTION_RUNTIME_RETIRED",
    problem: ({ runtime }) =>
      isRetired(runtime) ? `Lambda creates and updates no functions with runtime "${runtime}"` : undefined,
    fix: "use a supported runtime of the same language, as in Runtime.NODEJS_22_X",
  },
  {
    code: "FUNCTION_RUNTIME_TOO_OLD",
    problem: ({ runtime, code }) => {
      const runs = nodeMajor(runtime);
      return code?.nodeMajor !== undefined && runs !== undefined && runs < code.nodeMajor
        ? `the bundle is written for Node.js ${code.nodeMajor} or newer, but runtime is "${runtime}"`
        : undefined;
    },
    fix: 'use a newer runtime, or set "target" in the bundle.json of the function',
  },
  {
    code: "FUNCTION_ARCHITECTURE_DIFFERS",
    problem: ({ architecture, code }) =>
      code?.architecture !== undefined && code.architecture !== architecture
        ? `the bundle holds native modules for ${code.architecture}, but architecture is ${architecture}`
        : undefined,
    fix: 'set "architecture" in the bundle.json of the function to the same',
  },
  {
    code: "FUNCTION_MEMORY_OUT_OF_RANGE",
    problem: ({ memorySize }) =>
      notWhole(memorySize, 128, 10_240) ? `memorySize must be 128 to 10240 whole MB, got ${memorySize}` : undefined,
    fix: "use 128 to 10240",
  },
  {
    code: "FUNCTION_STORAGE_OUT_OF_RANGE",
    problem: ({ ephemeralStorageSize }) => {
      const size = ephemeralStorageSize?.toMebibytes();
      return notWhole(size, 512, 10_240)
        ? `ephemeralStorageSize must be 512 to 10240 whole MiB, got ${size}`
        : undefined;
    },
    fix: "use Size.mebibytes(512) to Size.gibibytes(10)",
  },
  {
    code: "FUNCTION_TIMEOUT_OUT_OF_RANGE",
    problem: ({ timeout }) => badSeconds("timeout", timeout, 1, 900),
    fix: "use Duration.seconds(1) to Duration.minutes(15)",
  },
  {
    code: "FUNCTION_LAYERS_TOO_MANY",
    problem: ({ layers = [] }) => (layers.length > 5 ? `layers must be at most 5, got ${layers.length}` : undefined),
    fix: "put the content of several layers into one, or into the bundle",
  },
  {
    code: "FUNCTION_NETWORK_INVALID",
    problem: ({ vpc }) =>
      vpc !== undefined && (outside(vpc.subnets.length, 1, 16) || outside(vpc.securityGroups.length, 1, 5))
        ? `vpc must have 1 to 16 subnets and 1 to 5 security groups, got ${vpc.subnets.length} and ${vpc.securityGroups.length}`
        : undefined,
    fix: "pass both, or leave vpc out",
  },
  {
    code: "FUNCTION_CONCURRENCY_NEGATIVE",
    problem: ({ reservedConcurrentExecutions: reserved }) =>
      notWhole(reserved, 0, Number.POSITIVE_INFINITY)
        ? `reservedConcurrentExecutions must be 0 or a positive whole number, got ${reserved}`
        : undefined,
    fix: "use a whole number, or leave it out for no limit of its own",
  },
  {
    code: "FUNCTION_PROVISIONED_CONCURRENCY_INVALID",
    problem: ({
      provisionedConcurrentExecutions: warm,
      reservedConcurrentExecutions: most = Number.POSITIVE_INFINITY,
    }) =>
      notWhole(warm, 1, Token.isUnresolved(most) ? Number.POSITIVE_INFINITY : most)
        ? `provisionedConcurrentExecutions must be a whole number from 1 to the reserved executions, got ${warm} of ${most}`
        : undefined,
    fix: "use fewer, or reserve more with reservedConcurrentExecutions",
  },
  {
    code: "FUNCTION_DEAD_LETTERS_AMBIGUOUS",
    problem: ({ deadLetterQueue, deadLetterTopic }) =>
      deadLetterQueue !== undefined && deadLetterTopic !== undefined
        ? "the function has both deadLetterQueue and deadLetterTopic"
        : undefined,
    fix: "use one of them",
  },
  {
    code: "FUNCTION_DEAD_LETTERS_FIFO",
    problem: ({ deadLetterQueue, deadLetterTopic }) => {
      const name = nameOf(deadLetterQueue ?? deadLetterTopic);
      return name?.endsWith(".fifo")
        ? `Lambda sends no dead letters to FIFO queues and topics, got "${name}"`
        : undefined;
    },
    fix: "use a standard queue or topic",
  },
  {
    code: "FUNCTION_EVENT_AGE_OUT_OF_RANGE",
    problem: ({ maxEventAge }) => badSeconds("maxEventAge", maxEventAge, 60, 21_600),
    fix: "use Duration.minutes(1) to Duration.hours(6)",
  },
  {
    code: "FUNCTION_RETRY_ATTEMPTS_OUT_OF_RANGE",
    problem: ({ retryAttempts }) =>
      notWhole(retryAttempts, 0, 2) ? `retryAttempts must be 0, 1 or 2, got ${retryAttempts}` : undefined,
    fix: "use 0, 1 or 2",
  },
  ...FUNCTION_ENVIRONMENT_CHECKS,
];

/** Records each property of a function that Lambda would refuse. */
export function checkFunction(scope: IConstruct, subject: FunctionSubject): void {
  runChecks(scope, CHECKS, subject);
}

/** Warns of a runtime that gets no security updates any more. */
export function warnOfRuntime(scope: IConstruct, runtime: Runtime): void {
  const since = deprecatedSince(runtime);
  if (since === undefined) return;
  const successor = successorOf(runtime);
  warnAtSynth(scope, () => [
    {
      code: "FUNCTION_RUNTIME_DEPRECATED",
      problem: `runtime "${runtime}" has had no security updates since ${since}`,
      fix:
        successor === runtime
          ? "take a newer AWS provider and set a newer runtime on the resource, as in fn.function.runtime"
          : `use "${successor}"`,
    },
  ]);
}

/** `outside`, of whole numbers. */
function notWhole(value: number | undefined, least: number, most: number): boolean {
  return outside(value, least, most) || (value !== undefined && !Token.isUnresolved(value) && !Number.isInteger(value));
}

function badSeconds(label: string, duration: Duration | undefined, least: number, most: number): string | undefined {
  const millis = duration?.toMilliseconds();
  if (millis === undefined || (millis % 1000 === 0 && !outside(millis, least * 1000, most * 1000))) return undefined;
  return `${label} must be whole seconds from ${least} to ${most}, got ${millis / 1000} s`;
}

function nameOf(target: FunctionProps["deadLetterQueue"]): string | undefined {
  if (target === undefined || typeof target === "string") return target;
  const name: unknown = Reflect.get(target, "nameInput");
  return typeof name === "string" ? name : target.arn;
}
