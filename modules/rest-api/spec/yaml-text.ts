import { ConfigurationError } from "../../../definition/configuration-error";
import { parseYaml as parse } from "../../../definition/yaml-text";

/**
 * Parses YAML 1.2, merge keys included.
 *
 * @throws ConfigurationError `API_DEFINITION_INVALID` with line and column; also for tags such as CloudFormation's `!Sub`
 */
export function parseYaml(text: string, place: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw invalid(place, cause);
  }
}

function invalid(place: string, cause: unknown): ConfigurationError {
  const [problem = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  return new ConfigurationError(
    "API_DEFINITION_INVALID",
    place,
    `the document is no plain YAML: ${problem.replace(/:$/, "")}`,
    "correct the file; names of JSON files end in .json",
    { cause },
  );
}
