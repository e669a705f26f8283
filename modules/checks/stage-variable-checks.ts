import type { IConstruct } from "constructs";
import { type Check, mismatches, runChecks } from "./check";

type Variable = readonly [name: string, value: string];

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const VARIABLE_CHECKS: readonly Check<Variable>[] = [
  {
    code: "STAGE_VARIABLE_NAME_INVALID",
    problem: ([name]) =>
      /^\w{1,64}$/.test(name)
        ? undefined
        : `a stage variable's name must be 1 to 64 letters, digits and "_", got "${name}"`,
    fix: "use a name such as ratesHost",
  },
  {
    code: "STAGE_VARIABLE_VALUE_INVALID",
    problem: ([name, value]) =>
      mismatches(value, /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/)
        ? `the stage variable ${name} must be 1 to 512 letters, digits and "-._~:/?#&=,", got "${value}"`
        : undefined,
    fix: "encode the value, or keep it where the backend reads its configuration",
  },
];

/** Records each variable, of a stage or its canary, that API Gateway would refuse. */
export function checkVariables(scope: IConstruct, variables: Readonly<Record<string, string>> = {}): void {
  for (const variable of Object.entries(variables)) runChecks(scope, VARIABLE_CHECKS, variable);
}
