import type { IConstruct } from "constructs";
import { compareCodeUnits } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import { MODEL_REFERENCE_PREFIX } from "../../definition/openapi/extensions";
import type { ModelDefinition, RestApiDefinition } from "../../definition/rest-api";
import type { IModel, ModelWithSchema } from "../rest-api/model";
import type { ModelProblem } from "../rest-api/model-schema";
import { type Check, findProblems } from "./check";
import type { Warning } from "./warning";

/** How large the models of one API may be together, in bytes. Source: quotas of the developer guide. */
const LARGEST_SUM_BYTES = 400 * 1024;

/** `MODEL_NAME_INVALID`. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
export function modelNameError(place: string, name: string): ConfigurationError | undefined {
  if (/^[A-Za-z0-9]+$/.test(name)) return undefined;
  return new ConfigurationError(
    "MODEL_NAME_INVALID",
    place,
    `the name of a model must be letters and digits, got "${name}"`,
    `use "${name.replaceAll(/[^A-Za-z0-9]/g, "") || "MyModel"}"`,
  );
}

/** `MODEL_NOT_EXPRESSIBLE`: all that is wrong with one model. */
export function modelFormError(place: string, name: string, problems: readonly ModelProblem[]): ConfigurationError {
  const [only, ...more] = problems;
  const [problem, fix] =
    only !== undefined && more.length === 0
      ? [`${only.path} needs ${only.what}, which JSON Schema draft 4 and OpenAPI 3.0 do not share`, only.instead]
      : [
          `${name} needs what JSON Schema draft 4 and OpenAPI 3.0 do not share:${lines(problems, "what")}`,
          `change each of them:${lines(problems, "instead")}`,
        ];
  return new ConfigurationError("MODEL_NOT_EXPRESSIBLE", place, problem, fix);
}

function lines(problems: readonly ModelProblem[], key: "what" | "instead"): string {
  return problems.map((problem) => `\n    ${problem.path}: ${problem[key]}`).join("");
}

/** The models of one API, when everything is declared. */
export interface ApiModels {
  readonly models: readonly ModelWithSchema[];
  /** Models that methods name without bringing their schemas. */
  readonly named: readonly IModel[];
}

const CHECKS: readonly Check<ApiModels>[] = [
  {
    code: "MODELS_TOO_LARGE",
    problem: ({ models }) => {
      const bytes = models.reduce((sum, { schema }) => sum + Buffer.byteLength(JSON.stringify(schema)), 0);
      return bytes > LARGEST_SUM_BYTES
        ? `the models of an API may have ${LARGEST_SUM_BYTES} bytes together, got ${bytes}`
        : undefined;
    },
    fix: "let models refer to each other (.meta({ id }) in zod), shorten descriptions, or leave checks to handlers",
  },
  {
    code: "MODEL_UNKNOWN",
    problem: ({ models, named }) => {
      const known = new Set(models.map(({ modelName }) => modelName));
      const wanted = [...named.map(({ modelName }) => modelName), ...models.flatMap(referencesOf)];
      const unknown = [...new Set(wanted)].filter((name) => !known.has(name));
      return unknown.length === 0 ? undefined : `the API has no model named ${unknown.join(", ")}`;
    },
    fix: "add the model with addModel, or correct the name",
  },
];

/** What is wrong with the models of an API together. */
export function findModelProblems(scope: IConstruct, models: ApiModels): readonly ConfigurationError[] {
  return findProblems(scope, CHECKS, models);
}

/**
 * `MODEL_ITEMS_UNCOUNTED`: bodies whose items AWS may not count, as an import leaves the counts out of models.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function uncountedItems({ models, methods, requestValidators }: RestApiDefinition): readonly Warning[] {
  const validated = methods.filter(
    ({ requestValidator = "" }) => requestValidators[requestValidator]?.validateRequestBody,
  );
  const names = reachable(
    validated.flatMap(({ requestModels }) => Object.values(requestModels)),
    models,
  );
  const counting = names.filter((name) => /"(?:min|max)Items":\d/.test(JSON.stringify(models[name]?.schema)));
  if (counting.length === 0) return [];
  return [
    {
      code: "MODEL_ITEMS_UNCOUNTED",
      problem: `AWS leaves minItems and maxItems out when it imports a model, and may let other counts pass: ${counting.join(", ")}`,
      fix: "count the items in the handler as well",
    },
  ];
}

/** Models by these names, and those that they refer to, in alphabetical order. */
function reachable(names: readonly string[], models: RestApiDefinition["models"]): readonly string[] {
  const found = new Set<string>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const model = models[name];
    if (found.has(name) || model === undefined) continue;
    found.add(name);
    pending.push(...referencesOf(model));
  }
  return [...found].sort(compareCodeUnits);
}

function referencesOf({ schema }: Pick<ModelDefinition, "schema">): readonly string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)]
    .map(([, reference = ""]) => reference)
    .filter((reference) => reference.startsWith(MODEL_REFERENCE_PREFIX))
    .map((reference) => reference.slice(MODEL_REFERENCE_PREFIX.length));
}
