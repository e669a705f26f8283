/** What the services process is asked to start: its first argument, as JSON. */
export interface ServicesRequest {
  readonly region: string;
  readonly dynamodb: { readonly folder?: string } | false;
  /** SQS, SNS and S3. */
  readonly messaging: boolean;
}

/** Its only message. Any message to it means: stop. */
export type ServicesReport =
  | { readonly dynamodbPort: number | undefined; readonly messagingPort: number | undefined }
  | { readonly error: string };
