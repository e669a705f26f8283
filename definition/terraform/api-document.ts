import { ConfigurationError } from "../configuration-error";
import type { Json, JsonObject } from "../json";
import { isObject } from "../json-access";
import { parseJson } from "../json-text";
import { type Unknown, unknownsIn, wholeUnknown } from "../unknown";
import { parseYaml } from "../yaml-text";

/**
 * The document of an API, in JSON or YAML, as API Gateway imports both.
 *
 * @throws ConfigurationError `API_DOCUMENT_NOT_JSON`, `API_DOCUMENT_UNKNOWN`
 */
export function parseApiDocument(text: string, place: string): JsonObject {
  const whole = wholeUnknown(text);
  if (whole !== undefined) throw unknownDocument(place, whole);
  const [unknown] = unknownsIn(text);
  const fix =
    unknown === undefined
      ? "import a document in JSON or YAML"
      : `give ${unknown.address} (${unknown.attribute}) a value that is known before apply, or put it in quotes`;
  const document = /^\s*[[{]/.test(text)
    ? parseJson(text, { code: "API_DOCUMENT_NOT_JSON", place, fix })
    : yamlOf(text, place, fix);
  if (isObject(document)) return document;
  throw new ConfigurationError("API_DOCUMENT_NOT_JSON", place, "the document is no object", fix);
}

function yamlOf(text: string, place: string, fix: string): Json {
  try {
    return parseYaml(text);
  } catch (cause) {
    const [problem = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    const message = `the document is neither JSON nor plain YAML: ${problem.replace(/:$/, "")}`;
    throw new ConfigurationError("API_DOCUMENT_NOT_JSON", place, message, fix, { cause });
  }
}

function unknownDocument(place: string, { address, attribute }: Unknown): ConfigurationError {
  return new ConfigurationError(
    "API_DOCUMENT_UNKNOWN",
    place,
    `the document is known only after apply, because of ${address} ${attribute}`,
    `give ${address} (${attribute}) a value that is known before apply; for --plan, keep the files of the configuration beside the plan, or serve the state after an apply`,
  );
}
