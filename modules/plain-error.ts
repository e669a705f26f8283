import { ConfigurationError } from "../definition/configuration-error";

/**
 * The error as it was thrown. cdktf rewrites the message of whatever is thrown while it resolves a lazy value, and puts a
 * stack of its own into it.
 */
export function plainError(error: unknown): unknown {
  if (!(error instanceof ConfigurationError)) return error;
  return new ConfigurationError(error.code, error.place, error.problem, error.fix, { cause: error });
}
