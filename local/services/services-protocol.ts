/** Services that are one program each: DynamoDB; SQS, SNS and S3. */
export type ServiceGroup = "dynamodb" | "messaging";

/** What the services process is asked to start: the first message to it. Its first argument is a list of groups to load. */
export interface ServicesRequest {
  readonly region: string;
  readonly dynamodb: { readonly folder?: string } | false;
  /** SQS, SNS and S3. */
  readonly messaging: boolean;
}

/** The second message to it: to stop. */
export const STOP = "stop";

/** Its only message. */
export type ServicesReport =
  | { readonly dynamodbPort: number | undefined; readonly messagingPort: number | undefined }
  | { readonly error: string };
