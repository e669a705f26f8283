import type { IConstruct } from "constructs";
import { DEFAULT_INTEGRATION_TIMEOUT_MILLIS } from "../../definition/integration";
import type { JsonObject } from "../../definition/json";
import { HTTP_METHODS, type MethodDefinition } from "../../definition/method";
import type { Quotas } from "../../definition/quotas";
import type { EndpointType, RestApiDefinition } from "../../definition/rest-api";
import { quotasOf } from "../quotas";
import { type Check, findProblems } from "./check";
import { gatewayResponseTemplates, methodTemplates } from "./template-checks";

interface ApiSubject {
  readonly endpointType: EndpointType;
  readonly policy: JsonObject | undefined;
  readonly methods: RestApiDefinition["methods"];
  readonly quotas: Quotas;
}

/** Bytes of a document that API Gateway imports. Source: quotas of the developer guide. */
export const MAX_DOCUMENT_BYTES = 6 * 1024 * 1024;

const VERBS: readonly string[] = HTTP_METHODS.filter((verb) => verb !== "ANY");

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const CHECKS: readonly Check<ApiSubject>[] = [
  {
    code: "PRIVATE_API_WITHOUT_POLICY",
    problem: ({ endpointType, policy }) =>
      endpointType === "PRIVATE" && policy === undefined
        ? "API Gateway deploys no private API without a resource policy"
        : undefined,
    fix: "call grantInvokeFromVpcEndpointsOnly([endpoint]), or pass a policy that allows execute-api:Invoke",
  },
  {
    code: "RESOURCE_POLICY_TOO_LONG",
    problem: ({ policy, quotas }) => {
      const length = policy === undefined ? 0 : JSON.stringify(policy).length;
      return length > quotas.resourcePolicyLength
        ? `a resource policy may have ${quotas.resourcePolicyLength} characters, got ${length}`
        : undefined;
    },
    fix: "join statements, move conditions to an authorizer, or pass quotas: { resourcePolicyLength: … } to the stack when AWS has raised it",
  },
  {
    code: "RESOURCES_TOO_MANY",
    problem: ({ methods, quotas }) => {
      const count = countResources(methods);
      return count > quotas.resourcesPerApi
        ? `an API may have ${quotas.resourcesPerApi} resources, got ${count}`
        : undefined;
    },
    fix: "split the API, serve parts of it by {proxy+}, or pass quotas: { resourcesPerApi: … } to the stack when AWS has raised it",
  },
  {
    code: "ROUTE_UNREACHABLE",
    problem: ({ methods }) => {
      const dotted = methods.find(({ resourcePath }) => /\/\.{1,2}(?:\/|$)/.test(resourcePath));
      if (dotted !== undefined)
        return `no client asks for "${dotted.httpMethod} ${dotted.resourcePath}": "." and ".." are resolved before a request is sent`;
      const shadowed = methods.find(
        ({ httpMethod, resourcePath }) => httpMethod === "ANY" && hasAllVerbs(methods, resourcePath),
      );
      return shadowed === undefined
        ? undefined
        : `"ANY ${shadowed.resourcePath}" is never chosen: the resource has a method for each of ${VERBS.join(", ")}`;
    },
    fix: "remove the route, or the methods that stand in its way",
  },
];

interface MethodSubject {
  readonly method: MethodDefinition;
  readonly route: string;
  readonly endpointType: EndpointType;
}

const METHOD_CHECKS: readonly Check<MethodSubject>[] = [
  {
    code: "INTEGRATION_TIMEOUT_NOT_EDGE",
    problem: ({ method, route, endpointType }) =>
      endpointType === "EDGE" && method.integration.timeoutMillis > DEFAULT_INTEGRATION_TIMEOUT_MILLIS
        ? `"${route}" waits ${method.integration.timeoutMillis} ms for its backend, and an EDGE API 29 s at most`
        : undefined,
    fix: "use Duration.seconds(29), or make the API REGIONAL and have AWS raise the quota",
  },
];

/** An API as far as it is looked at here. */
interface FinishedApi extends IConstruct {
  readonly methods: readonly (IConstruct & { readonly route: string })[];
  definition(): RestApiDefinition;
}

/** Messages for what is wrong with an API when everything is declared, and everybody has added to its policy. */
export function apiProblems(api: FinishedApi): string[] {
  const { endpointType, policy, methods, gatewayResponses } = api.definition();
  const constructs = new Map(api.methods.map((method) => [method.route, method]));
  const ofMethods = methods.flatMap((method) => {
    const route = `${method.httpMethod} ${method.resourcePath}`;
    const scope = constructs.get(route) ?? api;
    return [...findProblems(scope, METHOD_CHECKS, { method, route, endpointType }), ...methodTemplates(scope, method)];
  });
  return [
    ...findProblems(api, CHECKS, { endpointType, policy, methods, quotas: quotasOf(api) }),
    ...ofMethods,
    ...gatewayResponseTemplates(api, gatewayResponses),
  ].map(({ message }) => message);
}

interface DocumentSubject {
  readonly bytes: number;
}

const DOCUMENT_CHECKS: readonly Check<DocumentSubject>[] = [
  {
    code: "DOCUMENT_TOO_LARGE",
    problem: ({ bytes }) =>
      bytes > MAX_DOCUMENT_BYTES
        ? `API Gateway imports documents of ${MAX_DOCUMENT_BYTES} bytes, and that of the API has ${bytes}`
        : undefined,
    fix: "split the API, or move templates and models that repeat into functions",
  },
];

/** Messages for a document that cannot be imported. */
export function documentProblems(scope: IConstruct, body: string): string[] {
  return findProblems(scope, DOCUMENT_CHECKS, { bytes: Buffer.byteLength(body) }).map(({ message }) => message);
}

/** Every path and all that leads to it, with the root: API Gateway makes a resource of each. */
export function countResources(methods: RestApiDefinition["methods"]): number {
  const paths = methods.flatMap(({ resourcePath }) =>
    resourcePath.split("/").map((_, index, segments) => segments.slice(0, index + 1).join("/")),
  );
  return new Set([...paths, ""]).size - Number(paths.includes("/"));
}

function hasAllVerbs(methods: RestApiDefinition["methods"], path: string): boolean {
  const verbs = methods.filter(({ resourcePath }) => resourcePath === path).map(({ httpMethod }) => httpMethod);
  return VERBS.every((verb) => verbs.some((it) => it === verb));
}
