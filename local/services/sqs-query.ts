import { NotEmulated } from "../refusals/not-emulated";

/** A call of SQS's JSON protocol. */
export interface SqsCall {
  readonly action: string;
  readonly input: Record<string, unknown>;
}

/** Actions that have a translation, with the parameters that are numbers. */
const ACTIONS: Readonly<Record<string, { readonly text: readonly string[]; readonly numbers: readonly string[] }>> = {
  SendMessage: {
    text: ["MessageBody", "MessageGroupId", "MessageDeduplicationId"],
    numbers: ["DelaySeconds"],
  },
  ReceiveMessage: {
    text: ["ReceiveRequestAttemptId"],
    numbers: ["MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"],
  },
  DeleteMessage: { text: ["ReceiptHandle"], numbers: [] },
  ChangeMessageVisibility: { text: ["ReceiptHandle"], numbers: ["VisibilityTimeout"] },
  GetQueueUrl: { text: ["QueueName"], numbers: [] },
  PurgeQueue: { text: [], numbers: [] },
};

/** Parameters that belong to the protocol, not to an action. */
const OF_THE_PROTOCOL = new Set(["Action", "Version", "QueueUrl"]);

/** `MessageAttribute.1.Name` and its `Value.DataType`, `Value.StringValue`; AWS takes the plural as well. */
const MESSAGE_ATTRIBUTE = /^MessageAttributes?\.(\d+)\.(Name|Value\.DataType|Value\.StringValue)$/;

/**
 * Translates a call of SQS's old form-encoded protocol to its JSON protocol, which is all that the embedded SQS speaks.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests.html
 *
 * @throws NotEmulated for an action or a parameter without translation
 */
export function fromSqsQuery(form: string): SqsCall {
  const parameters = new URLSearchParams(form);
  const action = parameters.get("Action") ?? "";
  const known = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!known) throw new NotEmulated("sqs", `the action "${action}" of the form-encoded protocol has no translation`);
  const input: Record<string, unknown> = {};
  const attributes = new Map<string, Record<string, string>>();
  for (const [name, value] of parameters) {
    const [, index, field] = MESSAGE_ATTRIBUTE.exec(name) ?? [];
    if (index !== undefined && field !== undefined) {
      attributes.set(index, { ...attributes.get(index), [field]: value });
    } else if (known.text.includes(name)) input[name] = value;
    else if (known.numbers.includes(name)) input[name] = Number(value);
    else if (!OF_THE_PROTOCOL.has(name)) {
      throw new NotEmulated("sqs", `the parameter "${name}" of the form-encoded protocol has no translation`);
    }
  }
  if (attributes.size > 0) input.MessageAttributes = messageAttributes([...attributes.values()]);
  const queueUrl = parameters.get("QueueUrl");
  return { action, input: queueUrl === null ? input : { ...input, QueueUrl: queueUrl } };
}

function messageAttributes(fields: readonly Record<string, string>[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => [
      field.Name ?? "",
      { DataType: field["Value.DataType"] ?? "String", StringValue: field["Value.StringValue"] },
    ]),
  );
}

/** Wraps a JSON answer the way the form-encoded protocol does for callers that accept JSON. */
export function toSqsQueryJson(action: string, output: unknown, requestId: string): unknown {
  const metadata = { ResponseMetadata: { RequestId: requestId } };
  const hasResult = typeof output === "object" && output !== null && Object.keys(output).length > 0;
  return { [`${action}Response`]: { ...metadata, ...(hasResult && { [`${action}Result`]: output }) } };
}

/** The same for a failure. */
export function toSqsQueryError(
  failure: { readonly __type?: string; readonly message?: string },
  requestId: string,
): unknown {
  const code = failure.__type?.split("#").at(-1) ?? "InternalFailure";
  return { Error: { Code: code, Message: failure.message ?? null, Type: "Sender" }, RequestId: requestId };
}
