import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { DomainNameOptions } from "../domains/domain-name";
import { literal } from "../terraform-text";
import { type Check, findProblems, mismatches, runChecks } from "./check";

interface DomainSubject extends Omit<DomainNameOptions, "certificate"> {
  readonly endpointType: "REGIONAL" | "EDGE";
  readonly certificateArn: string;
  /** Region of the stack. */
  readonly region: string;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html */
const DOMAIN_CHECKS: readonly Check<DomainSubject>[] = [
  {
    code: "DOMAIN_NAME_INVALID",
    problem: ({ domainName }) =>
      mismatches(domainName, /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/)
        ? `domainName must be a DNS name in lower case, got "${domainName}"`
        : undefined,
    fix: "write it as in api.example.com",
  },
  {
    code: "DOMAIN_ENDPOINT_TYPE_UNSUPPORTED",
    problem: ({ endpointType }) =>
      ["REGIONAL", "EDGE"].includes(endpointType)
        ? undefined
        : `the endpointType of a domain must be REGIONAL or EDGE, got "${endpointType}"`,
    fix: 'use "REGIONAL"',
  },
  {
    code: "SECURITY_POLICY_UNSUPPORTED",
    problem: ({ securityPolicy }) =>
      securityPolicy === undefined || securityPolicy === "TLS_1_2"
        ? undefined
        : `securityPolicy must be "TLS_1_2", got "${securityPolicy}"`,
    fix: "remove securityPolicy",
  },
  {
    code: "CERTIFICATE_REGION_WRONG",
    problem: ({ certificateArn, endpointType, region }) => {
      const [, , service, found] = literal(certificateArn)?.split(":") ?? [];
      const wanted = endpointType === "EDGE" ? "us-east-1" : region;
      return service !== "acm" || found === wanted
        ? undefined
        : `the certificate of a domain of the type ${endpointType} must be in ${wanted}, got one in ${found}`;
    },
    fix: "request the certificate in that region",
  },
  {
    code: "MTLS_NOT_REGIONAL",
    problem: ({ endpointType, mtls }) =>
      endpointType !== "REGIONAL" && mtls !== undefined
        ? `mutual TLS needs a domain of the type REGIONAL, got ${endpointType}`
        : undefined,
    fix: "remove endpointType, or mtls",
  },
  {
    code: "OWNERSHIP_CERTIFICATE_WITHOUT_MTLS",
    problem: ({ ownershipVerificationCertificate, mtls }) =>
      ownershipVerificationCertificate !== undefined && mtls === undefined
        ? "ownershipVerificationCertificate has no meaning without mtls"
        : undefined,
    fix: "remove it, or add mtls",
  },
];

/** Records each property of a domain that API Gateway would refuse. */
export function checkDomainName(scope: IConstruct, subject: DomainSubject): void {
  runChecks(scope, DOMAIN_CHECKS, subject);
}

interface BasePathSubject {
  readonly basePath: string | undefined;
  /** Of the same domain; the root is "". */
  readonly taken: ReadonlySet<string>;
  /** Absent for a domain of somebody else. */
  readonly endpointType: unknown;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html */
const BASE_PATH_CHECKS: readonly Check<BasePathSubject>[] = [
  {
    code: "BASE_PATH_INVALID",
    problem: ({ basePath }) =>
      mismatches(basePath, /^[A-Za-z0-9$_.+!*'()-]+(?:\/[A-Za-z0-9$_.+!*'()-]+)*$/)
        ? `basePath must be segments of letters, digits and "$-_.+!*'()" with a slash between, got "${basePath}"`
        : undefined,
    fix: "write it as in orders or orders/v1; leave it out for the root",
  },
  {
    code: "BASE_PATH_TOO_LONG",
    problem: ({ basePath = "" }) =>
      basePath.length > 300 && !Token.isUnresolved(basePath)
        ? `a basePath may have 300 characters, got ${basePath.length}`
        : undefined,
    fix: "use a shorter path",
  },
  {
    code: "BASE_PATH_LEVELS_NOT_REGIONAL",
    problem: ({ basePath, endpointType }) =>
      basePath?.includes("/") && endpointType === "EDGE"
        ? `a basePath of several levels needs a domain of the type REGIONAL, got "${basePath}" on an EDGE domain`
        : undefined,
    fix: "use one level, or a REGIONAL domain",
  },
  {
    code: "BASE_PATHS_TOO_MANY",
    problem: ({ basePath = "", taken }) => {
      const levels = [...taken, basePath].filter((path) => path.includes("/")).length;
      return basePath.includes("/") && levels > 200
        ? `a domain may have 200 base paths of several levels, and "${basePath}" is one more`
        : undefined;
    },
    fix: "use paths of one level, or a second domain",
  },
  {
    code: "BASE_PATH_DUPLICATE",
    problem: ({ basePath = "", taken }) =>
      taken.has(basePath) ? `"/${basePath}" of the domain is mapped twice` : undefined,
    fix: "give one of the two another basePath, or remove it",
  },
];

/** Records each rule that a base path breaks. */
export function checkBasePath(scope: IConstruct, subject: BasePathSubject): void {
  runChecks(scope, BASE_PATH_CHECKS, subject);
}

/** Paths of API Gateway's own health check. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const RESERVED = /^\/s?ping(?:\/|$)/;

const MAPPING_CHECKS: readonly Check<RestApiDefinition>[] = [
  {
    code: "PRIVATE_API_WITH_PUBLIC_DOMAIN",
    problem: ({ name, endpointType }) =>
      endpointType === "PRIVATE" ? `the API "${name}" is private, and the domain is public` : undefined,
    fix: "make the API REGIONAL, or remove the domain",
  },
  {
    code: "PATH_RESERVED_WITH_DOMAIN",
    problem: ({ methods }) => {
      const reserved = methods.find(({ resourcePath }) => RESERVED.test(resourcePath));
      return reserved === undefined
        ? undefined
        : `"${reserved.httpMethod} ${reserved.resourcePath}" is not reachable through a domain: API Gateway answers /ping and /sping itself`;
    },
    fix: "use another path, such as /health",
  },
];

/** Messages for what is wrong with an API behind a domain when all its routes are declared. */
export function mappingProblems(scope: IConstruct, api: RestApiDefinition): string[] {
  return findProblems(scope, MAPPING_CHECKS, api).map(({ message }) => message);
}
