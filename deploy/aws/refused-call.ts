import { ConfigurationError } from "../../definition/configuration-error";

/** What the SDK and the services call credentials that are not there, have expired, or are no credentials. */
const NO_CREDENTIALS: readonly string[] = [
  "CredentialsProviderError",
  "TokenProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
];

/**
 * What to do with an error of a call: for `.catch`. One message, and no stack of the SDK.
 *
 * @param place stack or address
 * @param call as in `GetStage of v1`
 * @throws ConfigurationError AWS_CREDENTIALS_MISSING, AWS_CALL_REFUSED
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
    throw new ConfigurationError(
      "AWS_CALL_REFUSED",
      place,
      `AWS refused ${call}: ${name}: ${message}`,
      "look up the error in the documentation of that call; reading needs apigateway:GET, lambda:GetAlias and lambda:GetFunctionConfiguration, --repair also lambda:UpdateFunctionCode, lambda:PublishVersion and lambda:UpdateAlias",
      { cause },
    );
  };
}

/** True for the error of a call about something that is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && ["NotFoundException", "ResourceNotFoundException"].includes(error.name);
}
