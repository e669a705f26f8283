import type { ErrorCode } from "./error-code";

/**
 * A mistake in the user's configuration. Prints as condition, place, value and fix; never as a stack.
 *
 * ```
 * CACHE_TTL_OUT_OF_RANGE: cache.ttlSeconds of "GET /orders" must be 0 to 3600, got 7200
 *   at orders-dev/OrdersApi
 *   fix: use 3600 or less
 * ```
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  /**
   * @param code names the condition
   * @param place construct path, file or address
   * @param problem the condition in the caller's own words, with the value received
   * @param fix what to do
   */
  constructor(
    readonly code: ErrorCode,
    readonly place: string,
    readonly problem: string,
    readonly fix: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${problem}\n  at ${place}\n  fix: ${fix}`, options);
  }
}
