import type { IConstruct } from "constructs";
import type { ErrorCode } from "../definition/error-code";

/** A construct carries what was acknowledged under this key, so that it is found without `instanceof`. */
const ACKNOWLEDGED = Symbol.for("headgate/acknowledged-warnings");

/**
 * Says that a warning is known and meant. It is not given for the construct, nor for those below it. Errors cannot be
 * acknowledged.
 *
 * ```ts
 * acknowledgeWarning(api, "MODEL_ITEMS_UNCOUNTED", "create-order counts the items");
 * ```
 *
 * @param code first word of the warning
 * @param reason why it is meant, for whoever reads the code
 */
export function acknowledgeWarning(scope: IConstruct, code: ErrorCode, reason: string): void {
  Object.defineProperty(scope, ACKNOWLEDGED, {
    value: { ...acknowledgedOn(scope), [code]: reason },
    configurable: true,
  });
}

/** True if the warning was acknowledged for the construct or one around it. */
export function isAcknowledged(construct: IConstruct, code: ErrorCode): boolean {
  return construct.node.scopes.some((scope) => Object.hasOwn(acknowledgedOn(scope), code));
}

function acknowledgedOn(scope: IConstruct): object {
  const acknowledged: unknown = Reflect.get(scope, ACKNOWLEDGED);
  return typeof acknowledged === "object" && acknowledged !== null ? acknowledged : {};
}
