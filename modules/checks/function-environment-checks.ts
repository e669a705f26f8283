import { Token } from "cdktf";
import type { Check } from "./check";

interface EnvironmentSubject {
  readonly environment?: Readonly<Record<string, string>>;
}

/** Bytes of all names and values together. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_LIMIT = 4096;

/** Names that Lambda sets itself. Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

/** Rows about the environment of a function. */
export const FUNCTION_ENVIRONMENT_CHECKS: readonly Check<EnvironmentSubject>[] = [
  {
    code: "FUNCTION_VARIABLE_NAME_INVALID",
    problem: ({ environment = {} }) => {
      const invalid = Object.keys(environment).find((name) => !/^[A-Za-z]\w+$/.test(name) || RESERVED_NAMES.has(name));
      return invalid === undefined
        ? undefined
        : `a variable's name has a letter and at least one more letter, digit or "_", and is none of Lambda's own, got "${invalid}"`;
    },
    fix: "rename the variable",
  },
  {
    code: "FUNCTION_ENVIRONMENT_TOO_LARGE",
    problem: ({ environment = {} }) => {
      const known = Object.fromEntries(Object.entries(environment).filter(([, value]) => !Token.isUnresolved(value)));
      const bytes = Buffer.byteLength(JSON.stringify(known));
      return bytes > ENVIRONMENT_LIMIT
        ? `environment must have at most ${ENVIRONMENT_LIMIT} bytes, got ${bytes}`
        : undefined;
    },
    fix: "keep large values in an SSM parameter, a secret or the bundle",
  },
];
