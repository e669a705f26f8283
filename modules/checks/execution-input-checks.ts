import type { IConstruct } from "constructs";
import type { ExecutionInputOptions } from "../integrations/execution-input";
import { type Check, runChecks } from "./check";

const CHECKS: readonly Check<ExecutionInputOptions>[] = [
  {
    code: "EXECUTION_HEADERS_AMBIGUOUS",
    problem: ({ headers, headerNames = [] }) =>
      headers && headerNames.length > 0 ? "the integration has both headers and headerNames" : undefined,
    fix: "use headerNames for the headers that an execution needs, or headers for all of them",
  },
  {
    code: "EXECUTION_HEADER_INVALID",
    problem: ({ headerNames = [] }) => {
      const wrong = headerNames.find((name) => !/^[A-Za-z0-9!#$%&*+.^_`|~-]+$/.test(name) || /[$#]/.test(name));
      return wrong === undefined ? undefined : `"${wrong}" is no name of a header`;
    },
    fix: "write names as clients send them, as in X-Tenant",
  },
];

/** Reports `EXECUTION_HEADERS_AMBIGUOUS` and `EXECUTION_HEADER_INVALID`. */
export function checkExecutionInput(scope: IConstruct, subject: ExecutionInputOptions): void {
  runChecks(scope, CHECKS, subject);
}
