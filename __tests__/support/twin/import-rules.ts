import type { Json, JsonObject } from "../../../definition/json";
import { objectOr, text, texts } from "./json-values";
import { type DocumentOperation, operationsOf } from "./resources";

/** What an import finds: errors refuse it always, warnings when the caller asks for that. */
export interface Findings {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

type Rule = (document: JsonObject, operations: readonly DocumentOperation[]) => string[];

const EXTENSION = "x-amazon-apigateway-integration";

/** Refused by AWS in any case. Only what is cheap to see; the wording is ours where AWS's is not known. */
const ERRORS: readonly Rule[] = [
  function isAnApiDescription({ openapi, swagger, info }) {
    const missing = ["title", "version"].filter((key) => text(objectOr(info)[key]) === undefined);
    return [
      ...(openapi === undefined && swagger === undefined ? ["Invalid OpenAPI input: no version"] : []),
      ...missing.map((key) => `attribute info.${key} is missing`),
    ];
  },
  perOperation(({ operation }) =>
    Object.keys(objectOr(operation.responses)).length > 0 ? [] : ["attribute responses is missing"],
  ),
  function refersToKnownSchemas(document) {
    const schemas = objectOr(objectOr(document.components).schemas);
    const known = new Set(Object.keys(schemas).map((name) => `#/components/schemas/${name}`));
    return references(document).flatMap((reference) =>
      known.has(reference) || !reference.startsWith("#/components/schemas/")
        ? []
        : [`Unable to resolve model reference ${reference}`],
    );
  },
  function modelNamesAreAlphanumeric(document) {
    const names = Object.keys(objectOr(objectOr(document.components).schemas));
    return names
      .filter((name) => !/^[A-Za-z0-9]+$/.test(name))
      .map((name) => `Model name must be alphanumeric: ${name}`);
  },
  function siblingVariablesAgree(_document, operations) {
    const seen = new Map<string, string>();
    return operations.flatMap(({ path }) => {
      const parts = path.split("/");
      return parts.flatMap((part, index) => {
        if (!part.startsWith("{")) return [];
        const parent = parts.slice(0, index).join("/");
        const first = seen.get(parent) ?? part;
        seen.set(parent, first);
        return first === part
          ? []
          : [`A sibling (${first}) of this resource already has a variable path part: ${path}`];
      });
    });
  },
  perOperation(({ operation }, document) => {
    const validators = objectOr(document["x-amazon-apigateway-request-validators"]);
    const name = text(operation["x-amazon-apigateway-request-validator"]);
    return name === undefined || name in validators ? [] : [`Invalid Request Validator ${name}`];
  }),
  perOperation(({ operation }, document) => {
    const schemes = objectOr(objectOr(document.components).securitySchemes);
    const requirements = Array.isArray(operation.security) ? operation.security : [];
    const names = requirements.flatMap((requirement: Json) => Object.keys(objectOr(requirement)));
    return names.filter((name) => !(name in schemes)).map((name) => `Security scheme ${name} is not defined`);
  }),
  perOperation(({ operation }) => integrationFaults(objectOr(operation[EXTENSION]))),
  perOperation(({ operation, parameters }) => {
    const integration = objectOr(operation[EXTENSION]);
    const declared = new Set(parameters.map(({ in: place, name }) => `method.request.${requestPlace(place)}.${name}`));
    const used = [...Object.values(objectOr(integration.requestParameters)), ...texts(integration.cacheKeyParameters)];
    return used
      .filter((value): value is string => /^method\.request\.(path|querystring|header)\./.test(text(value) ?? ""))
      .filter((value) => !declared.has(value))
      .map((value) => `Invalid mapping expression parameter specified: ${value}`);
  }),
  perOperation(({ operation }) => {
    const responses = objectOr(operation.responses);
    return integrationResponses(operation).flatMap(({ statusCode, responseParameters }) => {
      const response = responses[String(statusCode)];
      if (response === undefined) return [`No method response exists for method: ${statusCode}`];
      const headers = Object.keys(objectOr(objectOr(response).headers)).map((name) => `method.response.header.${name}`);
      return Object.keys(objectOr(responseParameters))
        .filter((target) => !headers.includes(target))
        .map((target) => `Invalid mapping expression specified: ${target} is not declared`);
    });
  }),
];

/** Swallowed unless the import says `failonwarnings`. */
const WARNINGS: readonly Rule[] = [
  perOperation(({ path, parameters }) => {
    const declared = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => name);
    return names.filter((name) => !declared.includes(name)).map((name) => `Path parameter ${name} is not declared`);
  }),
  function operationIdsAreUnique(_document, operations) {
    const ids = operations.map(({ operation }) => text(operation.operationId)).filter((id) => id !== undefined);
    return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `attribute operationId is repeated: ${id}`);
  },
];

/** Checks a document as PutRestApi does. */
export function checkImport(document: JsonObject): Findings {
  const operations = operationsOf(document);
  const run = (rules: readonly Rule[]) => rules.flatMap((rule) => rule(document, operations));
  return { errors: run(ERRORS), warnings: run(WARNINGS) };
}

function perOperation(rule: (operation: DocumentOperation, document: JsonObject) => string[]): Rule {
  return (document, operations) =>
    operations.flatMap((operation) =>
      rule(operation, document).map(
        (finding) => `${finding} on ${operation.verb} for resource at path ${operation.path}`,
      ),
    );
}

const TYPES = ["aws", "aws_proxy", "http", "http_proxy", "mock"];

function integrationFaults({ type, uri, httpMethod, timeoutInMillis: timeout = 29_000 }: JsonObject): string[] {
  const kind = text(type)?.toLowerCase();
  if (kind === undefined) return [];
  if (!TYPES.includes(kind)) return [`Enumeration value for IntegrationType is invalid: ${kind}`];
  if (kind === "mock") return [];
  return [
    ...(text(httpMethod) ? [] : ["Enumeration value for HttpMethod must be non-empty"]),
    ...(kind.startsWith("aws") && !text(uri)?.startsWith("arn:") ? ["Invalid ARN specified in the request"] : []),
    ...(kind.startsWith("http") && !/^https?:\/\//.test(text(uri) ?? "")
      ? ["Invalid HTTP endpoint specified for URI"]
      : []),
    ...(Number(timeout) < 50 || Number(timeout) > 29_000 ? ["Timeout should be between 50 ms and 29000 ms"] : []),
  ];
}

function integrationResponses(operation: JsonObject): JsonObject[] {
  const { type, responses } = objectOr(operation[EXTENSION]);
  return text(type)?.toLowerCase().endsWith("_proxy") ? [] : Object.values(objectOr(responses)).map(objectOr);
}

function requestPlace(place: Json | undefined): string {
  return place === "query" ? "querystring" : String(place);
}

function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "$ref" && typeof item === "string" ? [item] : references(item),
  );
}
