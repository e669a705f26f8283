import type { JsonObject } from "../../../definition/json";
import type { Call } from "./call-log";
import type { ControlPlane } from "./control-plane";
import type { Answer, HttpRequest } from "./http";
import { text } from "./json-values";

/** What one operation that the twin answers itself may use. */
export interface OperationContext extends ControlPlane {
  readonly call: Call;
  readonly request: HttpRequest;
  /** Sends a request on to moto; what is left out is the caller's, so that account and region stay the same. */
  forward(change?: { readonly method?: string; readonly path?: string; readonly body?: JsonObject }): Promise<Answer>;
  /** Seconds since the epoch. */
  now(): number;
  /** Six characters that no other deployment has. */
  nextId(): string;
}

/** One operation that the twin answers itself. Refuses by throwing an `AwsError`. */
export type Operation = (context: OperationContext) => Answer | Promise<Answer>;

/** A parameter that is a string; empty when absent. */
export function parameter({ call }: OperationContext, name: string): string {
  return text(call.parameters[name]) ?? "";
}
