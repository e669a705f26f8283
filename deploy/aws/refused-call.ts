import { ConfigurationError } from "../../definition/configuration-error";
import { isRecord } from "../../definition/json-access";

/** What the SDK and the services call credentials that are not there, have expired, or are no credentials. */
const NO_CREDENTIALS: readonly string[] = [
  "CredentialsProviderError",
  "TokenProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
];

/** What Node.js and the SDK call an answer that never came. */
const NO_ANSWER: readonly string[] = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "TimeoutError",
];

/**
 * What to do with an error of a call: for `.catch`. One message, and no stack of the SDK.
 *
 * @param place stack or address
 * @param call as in `GetStage of v1`
 * @throws ConfigurationError AWS_CREDENTIALS_MISSING, AWS_UNREACHABLE, AWS_CALL_REFUSED
 */
export function refusedBy(place: string, call: string): (cause: unknown) => never {
  return (cause) => {
    const { name = "Error", message = String(cause) } = cause instanceof Error ? cause : {};
    if (NO_CREDENTIALS.includes(name)) {
      const fix = "sign in, as with `aws sso login`, and name the profile in AWS_PROFILE";
      throw new ConfigurationError(
        "AWS_CREDENTIALS_MISSING",
        place,
        `there are no AWS credentials that are valid: ${message}`,
        fix,
        {
          cause,
        },
      );
    }
    const noAnswer = noAnswerOf(cause);
    if (noAnswer !== undefined) {
      throw new ConfigurationError(
        "AWS_UNREACHABLE",
        place,
        `AWS could not be reached for ${call}: ${message || noAnswer}`,
        "look at the network, the proxy, the region of the stack and AWS_ENDPOINT_URL",
        { cause },
      );
    }
    throw new ConfigurationError(
      "AWS_CALL_REFUSED",
      place,
      `AWS refused ${call}: ${name}: ${message}`,
      "look up the error in the documentation of that call; reading needs apigateway:GET, lambda:GetAlias, lambda:GetFunctionConfiguration and lambda:GetPolicy, --repair also lambda:UpdateFunctionCode, lambda:PublishVersion and lambda:UpdateAlias",
      { cause },
    );
  };
}

/** Name of what went wrong on the way; absent where AWS answered. */
function noAnswerOf(cause: unknown): string | undefined {
  if (!isRecord(cause)) return undefined;
  // The SDK wraps what it does not know as an error, and keeps its text alone.
  const text = `${String(cause.code)} ${String(cause.name)} ${String(cause.message)}`;
  return NO_ANSWER.find((name) => text.includes(name));
}

/** True for the error of a call about something that is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && ["NotFoundException", "ResourceNotFoundException"].includes(error.name);
}
