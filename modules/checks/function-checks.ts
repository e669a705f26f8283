import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { Duration } from "../duration";
import { type Check, mismatches, outside, runChecks } from "./check";

interface FunctionSubject {
  readonly functionName: string;
  readonly memorySize?: number;
  readonly timeout?: Duration;
  readonly reservedConcurrentExecutions?: number;
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
    code: "FUNCTION_MEMORY_OUT_OF_RANGE",
    problem: ({ memorySize }) =>
      outside(memorySize, 128, 10_240) ? `memorySize must be 128 to 10240 MB, got ${memorySize}` : undefined,
    fix: "use 128 to 10240",
  },
  {
    code: "FUNCTION_TIMEOUT_OUT_OF_RANGE",
    problem: ({ timeout }) => {
      const millis = timeout?.toMilliseconds();
      if (millis === undefined || (millis % 1000 === 0 && !outside(millis, 1000, 900_000))) return undefined;
      return `timeout must be whole seconds from 1 to 900, got ${millis / 1000} s`;
    },
    fix: "use Duration.seconds(1) to Duration.minutes(15)",
  },
  {
    code: "FUNCTION_CONCURRENCY_NEGATIVE",
    problem: ({ reservedConcurrentExecutions: reserved }) =>
      reserved !== undefined && (reserved < 0 || !Number.isInteger(reserved))
        ? `reservedConcurrentExecutions must be 0 or a positive whole number, got ${reserved}`
        : undefined,
    fix: "use a whole number, or leave it out for no limit of its own",
  },
];

/** Records each property of a function that Lambda would refuse. */
export function checkFunction(scope: IConstruct, subject: FunctionSubject): void {
  runChecks(scope, CHECKS, subject);
}
