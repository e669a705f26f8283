import type { IncomingHttpHeaders } from "node:http";
import type { Json } from "../../../definition/json";

/** A request as it came in, body bytes untouched. */
export interface HttpRequest {
  readonly method: string;
  /** Path as sent: still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What goes back to the caller. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer in API Gateway's JSON. */
export function jsonAnswer(status: number, value: Json): Answer {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(value)) };
}

/** A refusal as the AWS SDKs read it: type in a header, message in the body. */
export class AwsError extends Error {
  override readonly name = "AwsError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  toAnswer(): Answer {
    const answer = jsonAnswer(this.status, { __type: this.code, message: this.message });
    return { ...answer, headers: { ...answer.headers, "x-amzn-errortype": this.code } };
  }
}

/** 400, API Gateway's answer to everything that it does not accept. */
export const badRequest = (message: string) => new AwsError(400, "BadRequestException", message);

/** 404. */
export const notFound = (message: string) => new AwsError(404, "NotFoundException", message);

/** 409. */
export const conflict = (message: string) => new AwsError(409, "ConflictException", message);
