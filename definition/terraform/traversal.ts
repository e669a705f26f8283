/** Steps of a reference: `aws_sqs_queue.events.tags["a"][0]` is `["aws_sqs_queue", "events", "tags", "a", 0]`. */
export type Traversal = readonly (string | number)[];

/** A step: a name, a number, an index in brackets or a key in quotes without escapes. */
const STEP = /([A-Za-z_][\w-]*)|\.(?:([A-Za-z_][\w-]*)|(\d+))|\[(?:(\d+)|"([^"\\$%]*)")\]/y;
const KEYWORDS: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** The steps of an expression that is a plain reference; absent if it is more than that. */
export function plainReference(expression: string): Traversal | undefined {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < expression.length) {
    const step = STEP.exec(expression);
    const [, head, name, number, index, key] = step ?? [];
    const isFirst = steps.length === 0;
    if (step === null || isFirst !== (head !== undefined)) return undefined;
    const text = head ?? name ?? key;
    steps.push(text ?? Number(number ?? index));
  }
  const isKeyword = steps.length === 1 && KEYWORDS.has(String(steps[0]));
  return steps.length === 0 || isKeyword ? undefined : steps;
}

/** The reference as Terraform writes it. */
export function formatTraversal(steps: Traversal): string {
  return steps
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
