import type { IConstruct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { isList, isObject, objectAt } from "../../definition/json-access";
import { ignoredSecurity } from "../../definition/openapi/ignored-security";
import { normalDocument } from "../../definition/openapi/read";
import type { Quotas } from "../../definition/quotas";
import type { RestApiDefinition } from "../../definition/rest-api";
import { quotasOf } from "../quotas";
import { vpcEndpointId } from "../rest-api/endpoint-configuration";
import { compressionBytes } from "../rest-api/rest-api-props";
import { type Additions, routesWithoutCors } from "../rest-api/spec/describe-routes";
import type { ImportedDocument } from "../rest-api/spec/imported-document";
import type { SpecRestApiProps } from "../rest-api/spec/spec-rest-api-props";
import { type Check, findProblems, runChecks } from "./check";
import { recordFinding } from "./findings";
import { warnAtSynth } from "./warning";

interface SpecSubject {
  readonly props: SpecRestApiProps;
  readonly document: ImportedDocument;
  readonly quotas: Quotas;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html */
const CHECKS: readonly Check<SpecSubject>[] = [
  {
    code: "IMPORT_MODE_UNSUPPORTED",
    problem: ({ props: { mode = "overwrite" } }) =>
      mode === "overwrite"
        ? undefined
        : `mode is "${mode}": routes that are removed from the document would stay, and no plan would show them`,
    fix: "remove mode; routes that are declared in code are merged into the document at synth",
  },
  {
    code: "DOCUMENTATION_PARTS_TOO_MANY",
    problem: ({ props: { parameters = {} }, document: { json, place }, quotas }) => {
      if (parameters.ignore === "documentation") return undefined;
      const parts = objectAt(json["x-amazon-apigateway-documentation"]).documentationParts;
      const count = isList(parts) ? parts.length : 0;
      return count > quotas.documentationPartsPerApi
        ? `an API may have ${quotas.documentationPartsPerApi} documentation parts, and ${place} lists ${count}`
        : undefined;
    },
    fix: 'pass parameters: { ignore: "documentation" }, or quotas: { documentationPartsPerApi: … } to the stack when AWS has raised it',
  },
  {
    code: "IMPORT_PARAMETER_UNSUPPORTED",
    problem: ({ props: { parameters = {} } }) => {
      const wrong = Object.entries(parameters).find(([name, value]) => !isHarmless(name, value));
      if (wrong === undefined) return undefined;
      return `the parameter ${wrong.join("=")} would change routes or endpoint, and the document would not say so`;
    },
    fix: 'write whole paths into the document, use endpointTypes for the endpoint; parameters may be { ignore: "documentation" }',
  },
  {
    code: "DOCUMENT_ROUTE_UNKNOWN",
    problem: ({ props: { routeOptions = {} }, document: { routes, place } }) => {
      const unknown = Object.keys(routeOptions).find((route) => !routes.has(route));
      return unknown === undefined ? undefined : `routeOptions names "${unknown}", which ${place} does not have`;
    },
    fix: 'write verb and path as the document has them, as in "GET /pets/{petId}"; routes in code have options of their own',
  },
  {
    code: "EXTERNAL_REFERENCE",
    problem: ({ document: { json, place } }) => {
      const reference = findMember(json, (key, value) => key === "$ref" && isExternal(value));
      return reference === undefined
        ? undefined
        : `${place} refers to ${JSON.stringify(reference)}, which API Gateway does not follow`;
    },
    fix: "bundle the document into one file before it is imported",
  },
  {
    code: "API_DEFINITION_INVALID",
    problem: ({ document: { json, place } }) => {
      const call = findMember(json, (key) => key.startsWith("Fn::"));
      return call === undefined
        ? undefined
        : `${place} holds ${JSON.stringify(call).slice(0, 80)} under a function of CloudFormation, which means nothing to Terraform`;
    },
    fix: "remove the integration from the document, and declare it with api.integrate",
  },
];

/** What an import may be told without the definition becoming another. */
function isHarmless(name: string, value: string): boolean {
  return (name === "ignore" && value === "documentation") || (name === "basepath" && value === "ignore");
}

function isExternal(reference: Json): boolean {
  return (
    typeof reference === "string" && !reference.startsWith("#") && !reference.startsWith("https://apigateway.amazonaws")
  );
}

/** The first member that is so, wherever in the document but in its examples. */
function findMember(value: Json, isSo: (key: string, member: Json) => boolean): Json | undefined {
  if (isList(value)) return firstOf(value, (item) => findMember(item, isSo));
  if (!isObject(value)) return undefined;
  const members = Object.entries(value).filter(([key]) => key !== "example" && key !== "examples");
  return firstOf(members, ([key, member]) => (isSo(key, member) ? member : findMember(member, isSo)));
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => Json | undefined): Json | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Records each property that an import cannot have. */
export function checkSpec(scope: IConstruct, { props, document }: Omit<SpecSubject, "quotas">): void {
  const subject = { props, document, quotas: quotasOf(scope) };
  runChecks(scope, CHECKS, subject);
  for (const [prop, ofProps, ofDocument] of statements(subject)) {
    if (ofProps === undefined || ofDocument === undefined) continue;
    if (canonicalJson(ofProps) === canonicalJson(ofDocument)) continue;
    const problem = `${prop} is ${canonicalJson(ofProps)} in the props, but ${canonicalJson(ofDocument)} in ${subject.document.place}`;
    recordFinding(
      scope,
      new ConfigurationError("DOCUMENT_CONTRADICTION", scope.node.path, problem, "remove one of the two"),
    );
  }
}

type Statement = readonly [prop: string, ofProps: Json | undefined, ofDocument: Json | undefined];

/** What both may say. Name and description of the props win, as an import takes them from nowhere else. */
function statements({ props, document }: SpecSubject): readonly Statement[] {
  const { api } = document;
  const says = <Value>(extension: Parameters<typeof document.says>[0], value: Value) =>
    document.says(extension) ? value : undefined;
  const closes = api.disableExecuteApiEndpoint ? true : undefined;
  const endpoints = api.vpcEndpointIds.length === 0 ? undefined : [...api.vpcEndpointIds];
  return [
    ["binaryMediaTypes", props.binaryMediaTypes, says("binaryMediaTypes", api.binaryMediaTypes)],
    ["minimumCompressionSize", compressionBytes(props), api.minimumCompressionSizeBytes],
    ["apiKeySourceType", props.apiKeySourceType, says("apiKeySource", api.apiKeySource)],
    ["policy", props.policy?.toJSON(), api.policy],
    ["disableExecuteApiEndpoint", props.disableExecuteApiEndpoint, closes],
    ["vpcEndpoints", props.endpointConfiguration?.vpcEndpoints?.map(vpcEndpointId), endpoints],
  ];
}

/** What to do about operations without an integration. */
export const INTEGRATE =
  "call api.integrate(route, integration) for each, or add x-amazon-apigateway-integration to the document";

/** An imported API when everything is declared. */
interface FinishedSpec extends Additions {
  /** Routes without an integration. */
  readonly open: readonly string[];
  /** What API Gateway makes of all; absent while routes are without an integration. */
  readonly definition: RestApiDefinition | undefined;
}

const FINAL_CHECKS: readonly Check<FinishedSpec>[] = [
  {
    code: "ROUTE_WITHOUT_INTEGRATION",
    problem: ({ open, document: { place } }) => (open.length === 0 ? undefined : withoutIntegrationText(place, open)),
    fix: INTEGRATE,
  },
  {
    code: "CORS_ON_DOCUMENT_ROUTE",
    problem: (spec) => {
      const routes = routesWithoutCors(spec);
      if (routes.length === 0) return undefined;
      return `CORS of the paths lets pages ask, but integrations of ${spec.document.place} answer without Access-Control-Allow-Origin: ${routes.join(", ")}`;
    },
    fix: "let the document's integration responses set the header, or leave the integrations to api.integrate",
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: (spec) => {
      const routes = keysWithoutCaller(spec);
      if (routes.length === 0) return undefined;
      return `the keys of caches do not tell callers apart, so that one would get the answer of another: ${routes.join(", ")}`;
    },
    fix: "add what the authorizer identifies callers by to cache.keys in routeOptions, or remove cache",
  },
];

/** Routes whose authorizer came into the document after their caches were declared. */
function keysWithoutCaller({ documentMethods, definition }: FinishedSpec): readonly string[] {
  const cached = documentMethods.filter(
    ({ options }) => options.cache !== undefined && options.authorizer === undefined,
  );
  return cached.flatMap(({ httpMethod, resource, route }) => {
    const method = definition?.methods.find((it) => it.httpMethod === httpMethod && it.resourcePath === resource.path);
    const source = definition?.authorizers[method?.authorizer ?? ""]?.identitySource;
    const sources = source?.split(",").map((it) => it.trim()) ?? [];
    const isMissing = sources.some((it) => !method?.integration.cacheKeyParameters.includes(it));
    return isMissing ? [`"${route}" (${sources.join(", ")})`] : [];
  });
}

/** `operations of pets.yaml have no integration: GET /pets`. */
export function withoutIntegrationText(place: string, routes: readonly string[]): string {
  return `operations of ${place} have no integration: ${routes.join(", ")}`;
}

/** Messages for what is wrong when everything is declared. */
export function specProblems(scope: IConstruct, spec: FinishedSpec): string[] {
  return findProblems(scope, FINAL_CHECKS, spec).map(({ message }) => message);
}

/** Warns of routes that the document calls guarded, and that are open. */
export function warnOfSpec(scope: IConstruct, merged: () => JsonObject): void {
  warnAtSynth(scope, () => {
    const ignored = ignoredSecurity(normalDocument(merged()));
    if (ignored.length === 0) return [];
    const routes = ignored.map(({ route, schemes }) => `${route} (${schemes.join(", ")})`);
    return [
      {
        code: "DOCUMENT_SECURITY_IGNORED",
        problem: `the document asks for credentials that API Gateway does not check, so these routes are open: ${routes.join(", ")}`,
        fix: "declare an authorizer in code under the name of the scheme, and name the scheme in the security of each operation",
      },
    ];
  });
}
