import type { IConstruct } from "constructs";
import type { MethodDefinition } from "../../definition/method";
import type { Quotas } from "../../definition/quotas";
import type { RestApiDefinition } from "../../definition/rest-api";
import { quotasOf } from "../quotas";
import { countResources } from "./api-checks";
import { type Check, outside } from "./check";
import { headersRemapped } from "./header-names";
import { doubtfulTemplates } from "./template-checks";
import { findWarnings, warnAtSynth } from "./warning";

interface FinishedApi {
  readonly definition: RestApiDefinition;
  readonly quotas: Quotas;
}

/** What AWS takes, or takes when somebody has asked for more, and is probably not meant. */
const API_WARNINGS: readonly Check<FinishedApi>[] = [
  {
    code: "RESOURCES_NEAR_QUOTA",
    problem: ({ definition, quotas: { resourcesPerApi } }) => {
      const count = countResources(definition.methods);
      return count >= resourcesPerApi * 0.8 && count <= resourcesPerApi
        ? `an API may have ${resourcesPerApi} resources, and it has ${count}`
        : undefined;
    },
    fix: "ask AWS for more in time, and pass quotas: { resourcesPerApi: … } to the stack when it has raised the quota",
  },
  {
    code: "METRIC_DIMENSION_TOO_LONG",
    problem: ({ definition }) => {
      const long = [definition.name, ...definition.methods.map(({ resourcePath }) => resourcePath)];
      const value = long.find((it) => it.length > 255);
      return value === undefined
        ? undefined
        : `CloudWatch has dimensions of 255 characters, and "${value.slice(0, 40)}…" has ${value.length}: its metrics cannot be told apart`;
    },
    fix: "shorten the name of the API or the path",
  },
  {
    code: "GATEWAY_RESPONSE_FIXED",
    problem: ({ definition }) =>
      definition.gatewayResponses.REQUEST_TOO_LARGE === undefined
        ? undefined
        : "API Gateway answers what is too large with a text of its own, whatever the gateway response REQUEST_TOO_LARGE says",
    fix: "remove the gateway response",
  },
];

interface FinishedMethod {
  readonly method: MethodDefinition;
  readonly route: string;
  /** True when the API has a resource policy: then all its methods are authorized. */
  readonly isGuarded: boolean;
  readonly quotas: Quotas;
}

/** What stands before the path in the ARN of a method, with the shortest names. */
const LEAST_ARN_BYTES = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/v/GET".length;

const METHOD_WARNINGS: readonly Check<FinishedMethod>[] = [
  {
    code: "INTEGRATION_TIMEOUT_ABOVE_QUOTA",
    problem: ({ method, route, quotas: { integrationTimeoutMillis } }) =>
      outside(method.integration.timeoutMillis, 50, integrationTimeoutMillis)
        ? `the integration of "${route}" has a timeout of ${method.integration.timeoutMillis} ms, and an account has ${integrationTimeoutMillis} ms unless AWS has raised it`
        : undefined,
    fix: "use Duration.seconds(29), or pass quotas: { integrationTimeoutMillis: … } to the stack when AWS has raised it",
  },
  {
    code: "METHOD_ARN_TOO_LONG",
    problem: ({ method, route, isGuarded }) => {
      const least = LEAST_ARN_BYTES + Buffer.byteLength(method.resourcePath.replaceAll(/\{[^}]*\}/g, "x"));
      return (isGuarded || method.authorizationType !== "NONE") && least > 1600
        ? `"${route.slice(0, 40)}…" has an ARN of at least ${least} bytes, and API Gateway authorizes up to 1600: it answers 414`
        : undefined;
    },
    fix: "shorten the path",
  },
  {
    code: "HEADER_REMAPPED",
    problem: ({ method, route }) => {
      const [first] = headersRemapped(method);
      return first === undefined
        ? undefined
        : `"${route}" maps ${first}, which API Gateway does not pass on under that name`;
    },
    fix: "use a header of your own: see the table of headers in API Gateway's important notes",
  },
];

/** Warns of what is probably not meant in an API, when everything is declared. */
export function warnOfApi(api: IConstruct & { definition(): RestApiDefinition }): void {
  warnAtSynth(api, () => {
    const definition = api.definition();
    const quotas = quotasOf(api);
    const isGuarded = definition.policy !== undefined;
    return [
      ...findWarnings(API_WARNINGS, { definition, quotas }),
      ...definition.methods.flatMap((method) => {
        const route = `${method.httpMethod} ${method.resourcePath}`;
        return [...findWarnings(METHOD_WARNINGS, { method, route, isGuarded, quotas }), ...doubtfulTemplates(method)];
      }),
    ];
  });
}
