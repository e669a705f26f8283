import type { Call } from "./call-log";
import { AwsError } from "./http";
import type { Interceptor } from "./intercept";

/** Answers the first call that matches with an error, without effect; later ones pass. */
export function failOnce(matches: (call: Call) => boolean, error: AwsError): Interceptor {
  let done = false;
  return {
    before(call) {
      if (done || !matches(call)) return undefined;
      done = true;
      return error.toAnswer();
    },
  };
}

/** The errors that issue a retry (500) or end the apply (400), by status. */
export const FAULTS: Readonly<Record<400 | 500, AwsError>> = {
  400: new AwsError(400, "BadRequestException", "Injected fault"),
  500: new AwsError(500, "InternalFailure", "Injected fault"),
};
