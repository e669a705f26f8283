import type { JsonObject } from "../../definition/json";
import type { StackDefinition } from "../../definition/stack";
import { type CostlyRoute, costlyRoutes, suggestions } from "./costly-routes";
import { type Calls, countCalls, totalOf } from "./count-calls";
import { minimumTime, ownSeconds } from "./minimum-time";

/** What applying a stack costs of the calls that AWS takes. */
export interface StackBudget {
  readonly stack: string;
  /** AWS counts per account and region. */
  readonly region: string;
  /** The first apply. */
  readonly create: CommandBudget;
  /** A plan that finds nothing to do. */
  readonly plan: CommandBudget;
  /** Routes with calls of their own. */
  readonly routes: readonly CostlyRoute[];
  /** How calls can be saved, in sentences. */
  readonly suggestions: readonly string[];
  /** What the figures leave open, in sentences. */
  readonly uncertain: readonly string[];
}

/** Calls of one command. */
export interface CommandBudget {
  readonly calls: number;
  /** The least that AWS's quotas allow, when nobody else calls. */
  readonly minimumSeconds: number;
  /** The operation whose quota takes the longest, or `"total"`. Absent: nothing has to wait. */
  readonly limitedBy?: string;
  /** Sorted by name. */
  readonly operations: readonly OperationBudget[];
}

/** Calls of one operation. */
export interface OperationBudget {
  /** As in `PutRestApi`. */
  readonly operation: string;
  readonly calls: number;
  /** The least that the operation's own quota allows; 0 where it has none. */
  readonly minimumSeconds: number;
}

/**
 * Predicts the control-plane calls of a stack.
 *
 * @param root content of `cdk.tf.json`
 * @param definition the same, read
 */
export function stackBudget(root: JsonObject, definition: StackDefinition): StackBudget {
  const { create, plan, uncertain } = countCalls(root);
  const routes = costlyRoutes(definition);
  return {
    stack: definition.name,
    region: definition.region,
    create: commandBudget(create),
    plan: commandBudget(plan),
    routes,
    suggestions: [...partsAdvice(create), ...suggestions(routes)],
    uncertain,
  };
}

/** What only the parts of APIs call, when each is a Terraform resource. */
const PART_OPERATION = /^(Create|Put|Get)(Resource|Method|MethodResponse|Integration|IntegrationResponse)$/;

function partsAdvice(create: Calls): readonly string[] {
  const parts = totalOf(new Map([...create].filter(([operation]) => PART_OPERATION.test(operation))));
  if (parts === 0) return [];
  return [`${parts} calls make routes one by one; the "openapi" emission makes them all by one PutRestApi`];
}

function commandBudget(calls: Calls): CommandBudget {
  const { seconds: minimumSeconds, limitedBy } = minimumTime(calls);
  return {
    calls: totalOf(calls),
    minimumSeconds,
    ...(limitedBy === undefined ? {} : { limitedBy }),
    operations: [...calls]
      .map(([operation, count]) => ({ operation, calls: count, minimumSeconds: ownSeconds(operation, count) }))
      .sort((left, right) => (left.operation < right.operation ? -1 : 1)),
  };
}
