import { ConfigurationError } from "../../definition/configuration-error";

/** Throws `MODEL_NAME_INVALID`. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
export function checkModelName(place: string, name: string): void {
  if (/^[A-Za-z0-9]+$/.test(name)) return;
  throw new ConfigurationError(
    "MODEL_NAME_INVALID",
    place,
    `the name of a model must be letters and digits, got "${name}"`,
    `use "${name.replaceAll(/[^A-Za-z0-9]/g, "") || "MyModel"}"`,
  );
}
