import type { Json } from "../../../definition/json";
import type { Call } from "./call-log";
import { DROP_CONNECTION, type Interceptor } from "./intercept";
import { objectOr } from "./json-values";

/** When a caller dies: before its call takes effect, or after it did and before the answer arrives. */
export const KILL_MOMENTS = ["before", "after"] as const;
export type KillMoment = (typeof KILL_MOMENTS)[number];

/** Calls that a caller has under way at once, by what they do (see `killPointOf`): how many there are of each. */
export type KillPoint = Readonly<Record<string, number>>;

/** An interceptor that ends the caller. */
export interface Killer extends Interceptor {
  /** What did not come, so that the caller lives. */
  missing(): readonly string[];
}

/**
 * Holds all calls of a point until the last of them has come, kills the caller, and answers none of them. So the point
 * is the same in every run, in whatever order the calls of a parallel caller arrive; what does not wait for them goes on.
 *
 * @param kill ends the caller; nothing is answered before it resolves
 */
export function killAt(point: KillPoint, moment: KillMoment, kill: () => Promise<void>): Killer {
  const awaited = new Map(Object.entries(point));
  let release: () => void = () => undefined;
  const dead = new Promise<void>((resolve) => {
    release = resolve;
  });
  const missing = () => [...awaited].filter(([, calls]) => calls > 0).map(([name]) => name);
  const hold = async (call: Call) => {
    const name = killPointOf(call);
    const calls = awaited.get(name);
    if (!call.mutating || calls === undefined) return undefined;
    awaited.set(name, calls - 1);
    if (missing().length === 0) await kill().finally(release);
    await dead;
    return DROP_CONNECTION;
  };
  return moment === "before" ? { missing, before: hold } : { missing, after: hold };
}

/**
 * What a mutating call does, as long as runs differ in order and in ids: the operation, and the name of the object where
 * Terraform never has two such calls under way.
 */
export function killPointOf({ service, operation, parameters }: Call): string {
  if (service === "s3") return ofState(operation);
  return [operation, DETAILS[operation]?.(parameters)].filter(Boolean).join(" ");
}

const lastSegment = (value: Json | undefined) => String(value).split("/").at(-1) ?? "";

const DETAILS: Readonly<Record<string, (parameters: Call["parameters"]) => string>> = {
  // The provider reads one bundle into memory at a time.
  CreateFunction: ({ FunctionName }) => String(FunctionName),
  // A queue waits for the one that takes its dead letters.
  CreateQueue: ({ QueueName }) => String(QueueName),
  DeleteQueue: ({ QueueUrl }) => lastSegment(QueueUrl),
  UpdateStage: ({ patchOperations }) => {
    const [first] = Array.isArray(patchOperations) ? patchOperations : [];
    return /^\/(~1|\*)/.test(String(objectOr(first).path)) ? "settings" : "stage";
  },
};

/** Terraform's own objects: the state and its lock file. */
function ofState(operation: string): string {
  if (operation.endsWith(".tflock")) return operation.startsWith("PUT") ? "lock the state" : "unlock the state";
  return "write the state";
}
