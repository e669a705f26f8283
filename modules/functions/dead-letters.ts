import type { Construct } from "constructs";
import { PolicyStatement } from "../iam/policy-statement";
import type { FunctionText } from "./data-references";
import type { ArnTarget, FunctionOptions } from "./function-props";
import { arnText } from "./target-arn";

/** Where failed events go. */
export interface DeadLetters {
  readonly target: ArnTarget;
  /** A literal where the name of the queue or topic is known at synth. */
  readonly arn: string;
  readonly statement: PolicyStatement;
  readonly text: FunctionText;
}

/** The queue or the topic of a function. */
export function deadLettersOf(
  scope: Construct,
  { deadLetterQueue, deadLetterTopic }: Pick<FunctionOptions, "deadLetterQueue" | "deadLetterTopic">,
): DeadLetters | undefined {
  const target = deadLetterQueue ?? deadLetterTopic;
  if (target === undefined) return undefined;
  const [label, action] =
    deadLetterQueue === undefined ? ["deadLetterTopic", "sns:Publish"] : ["deadLetterQueue", "sqs:SendMessage"];
  const arn = arnText(scope, target);
  return {
    target,
    arn,
    statement: new PolicyStatement({ actions: [action], resources: [arn] }),
    text: { label, value: arn, fix: "create the queue or topic with a literal name, or pass a literal ARN" },
  };
}
