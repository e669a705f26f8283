import { ConfigurationError } from "./configuration-error";
import type { Json } from "./json";
import { textAt } from "./json-access";

/**
 * One of the allowed words, in any case: OpenAPI documents say `aws_proxy`, the API of AWS says `AWS_PROXY`.
 *
 * @param place where the word stands, as in `GET /orders integration.type`
 * @throws ConfigurationError `VALUE_NOT_ALLOWED`
 */
export function choose<Word extends string>(words: readonly Word[], value: Json | undefined, place: string): Word {
  const wanted = textAt(value)?.toUpperCase();
  const found = words.find((word) => word === wanted);
  if (found !== undefined) return found;
  throw new ConfigurationError(
    "VALUE_NOT_ALLOWED",
    place,
    `the value must be one of ${words.join(", ")}, got ${value === undefined ? "nothing" : JSON.stringify(value)}`,
    "write one of these words",
  );
}

/** The same for a value that may be absent. */
export function chooseOptional<Word extends string>(
  words: readonly Word[],
  value: Json | undefined,
  place: string,
): Word | undefined {
  return value === undefined || value === null || value === "" ? undefined : choose(words, value, place);
}
