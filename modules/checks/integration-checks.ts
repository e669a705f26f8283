import type { IConstruct } from "constructs";
import type { IntegrationType } from "../../definition/integration";
import type { Duration } from "../duration";
import type { ConnectionType } from "../integrations/integration";
import { type Check, mismatches, outside, runChecks } from "./check";

/** AWS refuses anything else at import: "Invalid HTTP endpoint specified for URI". */
const URL_CHECKS: readonly Check<string>[] = [
  {
    code: "HTTP_URL_INVALID",
    problem: (url) =>
      mismatches(url, /^https?:\/\/[^/\s]+/)
        ? `the URL of an HttpIntegration must be http(s)://host…, got "${url}"`
        : undefined,
    fix: "write the whole URL, as in https://${stageVariables.host}/path",
  },
];

/** Throws `HTTP_URL_INVALID`. */
export function checkHttpUrl(scope: IConstruct, url: string): void {
  runChecks(scope, URL_CHECKS, url);
}

interface IntegrationSubject {
  readonly type: IntegrationType;
  readonly timeout?: Duration;
  readonly templates: readonly string[];
  /** True when answers are mapped. */
  readonly mapsAnswers: boolean;
  readonly connectionType?: ConnectionType;
  readonly hasVpcLink: boolean;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const CHECKS: readonly Check<IntegrationSubject>[] = [
  {
    code: "INTEGRATION_TIMEOUT_OUT_OF_RANGE",
    problem: ({ timeout }) =>
      outside(timeout?.toMilliseconds(), 50, 29_000)
        ? `the timeout of an integration must be 50 ms to 29 s, got ${timeout?.toMilliseconds()} ms`
        : undefined,
    fix: "use Duration.seconds(29) or less",
  },
  {
    code: "MAPPING_TEMPLATE_TOO_LARGE",
    problem: ({ templates }) => {
      const largest = Math.max(0, ...templates.map((template) => Buffer.byteLength(template)));
      return largest > 300 * 1024 ? `a mapping template may have 300 KB, got ${largest} bytes` : undefined;
    },
    fix: "move the work into a function",
  },
  {
    code: "PROXY_WITH_MAPPING",
    problem: ({ type, templates, mapsAnswers }) =>
      type.endsWith("_PROXY") && (templates.length > 0 || mapsAnswers)
        ? `an integration of the type ${type} passes bodies and answers on as they are, so templates and integrationResponses have no effect`
        : undefined,
    fix: "remove them, or pass proxy: false",
  },
  {
    code: "CONNECTION_CONTRADICTION",
    problem: ({ connectionType, hasVpcLink }) => {
      if (connectionType === "VPC_LINK" && !hasVpcLink) return "connectionType is VPC_LINK, but there is no vpcLink";
      return connectionType === "INTERNET" && hasVpcLink
        ? "connectionType is INTERNET, but there is a vpcLink"
        : undefined;
    },
    fix: "pass vpcLink alone: it implies the type",
  },
  {
    code: "VPC_LINK_NOT_HTTP",
    problem: ({ type, hasVpcLink }) =>
      hasVpcLink && !type.startsWith("HTTP") ? `an integration of the type ${type} cannot use a VPC link` : undefined,
    fix: "use an HttpIntegration, or remove vpcLink",
  },
];

/** Throws for the first property of an integration that API Gateway would refuse. */
export function checkIntegration(scope: IConstruct, subject: IntegrationSubject): void {
  runChecks(scope, CHECKS, subject);
}
