import type { Problem } from "../../contracts/problem";

/** What a client did wrong, to be thrown anywhere in a handler: becomes the response. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly statusCode: 400 | 404 | 409,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get body(): Problem {
    return { code: this.code, message: this.message };
  }
}
