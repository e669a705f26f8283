import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig } from "./integration";
import { jsonObject, jsonText } from "./mapping-text";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { serviceResponses } from "./service-responses";
import { resolveServiceTarget, type ServiceTarget } from "./service-target";

/** What is put on the stream, and how the answer maps to a status. */
export interface KinesisIntegrationOptions extends ServiceIntegrationOptions {
  /**
   * VTL expression for the data of the record. It is encoded here.
   * @default "$input.body"
   */
  readonly data?: string;
  /**
   * Decides on the shard. A text that begins with `$` is a VTL expression, as in `$input.params('deviceId')`; records with
   * equal keys keep their order. Kinesis refuses an empty one.
   * @default "$context.requestId", which spreads records evenly
   */
  readonly partitionKey?: string;
  /**
   * Status when Kinesis has accepted the record.
   * @default "202"
   */
  readonly successStatusCode?: string;
}

/** A plain cdktf `KinesisStream`, or `{ arn }` with a literal ARN. */
export type StreamTarget = ServiceTarget;

const ANSWER = `{"sequenceNumber": "$input.path('$.SequenceNumber')", ` + `"shardId": "$input.path('$.ShardId')"}`;

/**
 * Puts each request on a stream as one record, without a function between. The API gets a role that may put records on
 * this stream and do nothing else. A full shard answers 429, other refusals 400, failures 502.
 * Source: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
 */
export class KinesisIntegration extends Integration {
  constructor(
    private readonly stream: StreamTarget,
    private readonly options: KinesisIntegrationOptions = {},
  ) {
    super({ type: "AWS" });
  }

  override bind(method: Method): IntegrationConfig {
    const target = resolveServiceTarget(method, this.stream, RESOURCE_KINDS.stream);
    const { data = "$input.body", partitionKey = "$context.requestId", successStatusCode = "202" } = this.options;
    return callService(method, {
      kind: RESOURCE_KINDS.stream,
      target,
      actions: ["kinesis:PutRecord"],
      request: { service: "kinesis", action: "PutRecord" },
      headers: { "Content-Type": "'application/x-amz-json-1.1'" },
      template: jsonObject({
        StreamARN: `"${target.arn}"`,
        Data: `"$util.base64Encode(${data})"`,
        PartitionKey: jsonText(method, partitionKey),
      }),
      responses: serviceResponses({ statusCode: successStatusCode, template: ANSWER }),
      options: this.options,
    });
  }
}
