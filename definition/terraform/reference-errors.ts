import { ConfigurationError } from "../configuration-error";

/** A reference to nothing. */
export function dangling(address: string, owner: string): ConfigurationError {
  return new ConfigurationError(
    "REFERENCE_DANGLING",
    owner,
    `it refers to ${address}, which the Terraform root does not declare`,
    `declare ${address}, or take the reference out`,
  );
}

/** A value that needs itself. */
export function cycle(key: string, pending: ReadonlySet<string>): ConfigurationError {
  return new ConfigurationError(
    "REFERENCE_CYCLE",
    key,
    `its value depends on itself: ${[...pending, key].join(" -> ")}`,
    "take one of these references out",
  );
}
