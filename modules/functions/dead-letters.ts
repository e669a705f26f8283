import type { Construct } from "constructs";
import { PolicyStatement } from "../iam/policy-statement";
import type { ArnTarget, FunctionOptions } from "./function-props";
import { keyStatements } from "./grants";
import { arnOf, literalAttribute } from "./target-arn";

/** Where failed events go. */
export interface DeadLetters {
  readonly target: ArnTarget;
  /** A literal where the name of the queue or topic is known at synth. */
  readonly arn: string;
  /** What the function needs before it can be created. */
  readonly statement: PolicyStatement;
  /** What it needs when it fails, where the target is encrypted. */
  readonly keyStatements: readonly PolicyStatement[];
}

/** The queue or the topic of a function. Throws `GRANT_KEY_UNKNOWN`. */
export function deadLettersOf(
  scope: Construct,
  { deadLetterQueue, deadLetterTopic }: Pick<FunctionOptions, "deadLetterQueue" | "deadLetterTopic">,
): DeadLetters | undefined {
  const target = deadLetterQueue ?? deadLetterTopic;
  if (target === undefined) return undefined;
  const [action, verb] =
    deadLetterQueue === undefined
      ? (["sns:Publish", "grantPublish"] as const)
      : (["sqs:SendMessage", "grantSendMessages"] as const);
  const arn = literalAttribute(scope, arnOf(target));
  return {
    target,
    arn,
    statement: new PolicyStatement({ actions: [action], resources: [arn] }),
    keyStatements: keyStatements(scope, verb, target),
  };
}
