import { type ITerraformDependable, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { type AwsEnvironment, environmentOf } from "../environment";
import type { Method } from "../rest-api/method";
import { literal } from "../terraform-text";

/** A plain cdktf `SqsQueue`, or `{ arn }` with a literal ARN. */
export type QueueTarget =
  | (ITerraformDependable & {
      readonly arn: string;
      readonly nameInput?: string;
      readonly kmsMasterKeyIdInput?: string;
    })
  | { readonly arn: string };

/** A queue by name, and where it is if that is not where the API is. */
export interface Queue {
  readonly name: string;
  readonly region?: string;
  readonly account?: string;
}

/** Throws `QUEUE_NAME_UNKNOWN`: the name of the queue is part of the document. */
export function identify(method: Method, queue: QueueTarget): Queue {
  const own = environmentOf(method);
  const name = "nameInput" in queue ? literal(queue.nameInput) : undefined;
  if (name !== undefined) {
    if (!Construct.isConstruct(queue) || TerraformStack.of(queue) === TerraformStack.of(method)) return { name };
    const { region, accountId } = environmentOf(queue);
    return elsewhere(own, name, region, accountId);
  }
  const [, , , region, account, ownName] = literal(queue.arn)?.split(":") ?? [];
  if (region !== undefined && account !== undefined && ownName !== undefined) {
    return elsewhere(own, ownName, region, account);
  }
  throw new ConfigurationError(
    "QUEUE_NAME_UNKNOWN",
    method.node.path,
    "the queue has no name or ARN that is known at synth, so the API's document would be unknown in the first plan",
    "create the queue with a literal name, or pass { arn } with a literal ARN",
  );
}

function elsewhere(own: AwsEnvironment, name: string, region: string, account: string): Queue {
  return {
    name,
    ...(region === own.region ? {} : { region }),
    ...(account === own.accountId ? {} : { account }),
  };
}

/** ARN of the key that the queue is declared with. Throws `QUEUE_KEY_UNKNOWN` for a key by alias. */
export function keyOf(api: Construct, queue: QueueTarget): string | undefined {
  const key = "kmsMasterKeyIdInput" in queue ? queue.kmsMasterKeyIdInput : undefined;
  // The key that AWS manages for SQS needs no statement.
  if (key === undefined || key === "alias/aws/sqs") return undefined;
  if (Token.isUnresolved(key) || key.startsWith("arn:")) return key;
  const { region, accountId, partition } = environmentOf(api);
  if (!key.startsWith("alias/")) return `arn:${partition}:kms:${region}:${accountId}:key/${key}`;
  throw new ConfigurationError(
    "QUEUE_KEY_UNKNOWN",
    api.node.path,
    `the queue is encrypted with "${key}", and a policy cannot name a key by its alias`,
    "pass encryptionKey: { arn } to the SqsIntegration",
  );
}
