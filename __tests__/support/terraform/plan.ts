/** What `terraform show -json` says about a plan, as far as tests ask. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
}

/** One resource of a plan. Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
export interface ResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    /** Attributes without a value before apply → true. */
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

/** Managed resources that a plan touches, by type and sorted: `["aws_lambda_function update"]`. */
export function actionsByType(plan: Plan): string[] {
  return changed(plan)
    .map(({ type, change }) => `${type} ${change.actions.join("+")}`)
    .sort();
}

/** Managed resources that a plan touches. */
export function changed(plan: Plan): ResourceChange[] {
  return (plan.resource_changes ?? []).filter(
    ({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op" && change.actions.join() !== "read",
  );
}

/** The only change of a resource type. Throws when there is none or several. */
export function onlyChange(plan: Plan, type: string): ResourceChange {
  const found = changed(plan).filter((change) => change.type === type);
  const [change] = found;
  if (!change || found.length > 1) throw new Error(`${found.length} changes of ${type}, wanted one`);
  return change;
}
