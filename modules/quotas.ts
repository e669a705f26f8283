import type { IConstruct } from "constructs";
import { defaultQuotas, type Quotas } from "../definition/quotas";
import { findEnvironment } from "./environment";

export type { Quotas };

/** A construct carries raised quotas under this key, so that they are found without `instanceof`. */
const QUOTAS = Symbol.for("headgate/quotas");

/**
 * Says which quotas AWS has raised for the account and region of a stack, or of anything else that holds APIs. Checks then
 * measure against them. A `HeadgateStack` takes them as `quotas`. Call it before the APIs are declared.
 */
export function raiseQuotas(scope: IConstruct, raised: Partial<Quotas>): void {
  const value = Object.assign({}, Reflect.get(scope, QUOTAS), raised);
  Object.defineProperty(scope, QUOTAS, { value, configurable: true });
}

/** The quotas around a construct: AWS's defaults in its region, and over them what was raised. */
export function quotasOf(construct: IConstruct): Quotas {
  const raised = construct.node.scopes.map((scope): unknown => Reflect.get(scope, QUOTAS));
  return Object.assign({}, defaultQuotas(findEnvironment(construct)?.region), ...raised);
}
