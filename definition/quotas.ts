import type { ThrottleDefinition } from "./usage-plan";

/**
 * Quotas of an account in a region that AWS raises on request, by their defaults. Those that nobody can raise stand where
 * they are checked.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const DEFAULTS = {
  /** Requests a second of all APIs together. */
  rateLimit: 10_000,
  /** Requests at once of all APIs together. AWS derives it from `rateLimit`. */
  burstLimit: 5_000,
  /** Resources of one API: the segments of its paths, with the root. */
  resourcesPerApi: 300,
  stagesPerApi: 10,
  /** Documentation parts of one API. */
  documentationPartsPerApi: 2000,
  /** Lambda and Cognito authorizers of one API. */
  authorizersPerApi: 10,
  /** Longest timeout of an integration of a REGIONAL or PRIVATE API. */
  integrationTimeoutMillis: 29_000,
  /** Characters of the resource policy of one API. */
  resourcePolicyLength: 8192,
  usagePlans: 300,
  /** Usage plans that one API key is in. */
  plansPerApiKey: 10,
  /** Routes of one stage that a usage plan limits by themselves. */
  throttledRoutesPerPlanStage: 20,
  clientCertificates: 60,
  vpcLinks: 20,
  /** Public custom domains. */
  domainNames: 120,
} as const;

/** How much of everything an account may have in a region. */
export type Quotas = Readonly<Record<keyof typeof DEFAULTS, number>>;

/** What regions begin with that have a quarter of the usual throttle. */
const SMALL_THROTTLE: ThrottleDefinition = { rateLimit: 2500, burstLimit: 1250 };
const SMALL_REGIONS: readonly string[] = [
  "af-south-1",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "mx-central-1",
];

/** AWS's defaults in a region, or in most of them. */
export function defaultQuotas(region: string | undefined): Quotas {
  return region !== undefined && SMALL_REGIONS.includes(region) ? { ...DEFAULTS, ...SMALL_THROTTLE } : DEFAULTS;
}
