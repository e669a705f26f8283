import type { IConstruct } from "constructs";
import { type Check, runChecks } from "../checks/check";
import type { Duration } from "../duration";

/** Values for `CorsOptions`. */
export const Cors = {
  /** Any page may read answers. */
  ALL_ORIGINS: ["*"],
  /** Every verb that a resource can have. */
  ALL_METHODS: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
  /** Request headers of AWS's own clients. */
  DEFAULT_HEADERS: [
    "Content-Type",
    "X-Amz-Date",
    "Authorization",
    "X-Api-Key",
    "X-Amz-Security-Token",
    "X-Amz-User-Agent",
  ],
} as const;

/**
 * Which pages of other origins may call the API.
 *
 * Preflight requests and answers of non-proxy integrations get their headers from here, and so do the API's own errors
 * (`DEFAULT_4XX`, `DEFAULT_5XX`) from the options of the root. What a function or an HTTP backend answers behind a proxy
 * integration must carry its own.
 */
export interface CorsOptions {
  /** Exact origins, as in `https://shop.example.com`, or `["*"]`. */
  readonly allowOrigins: readonly string[];
  /** @default - the methods that the resource has */
  readonly allowMethods?: readonly string[];
  /** @default - `Cors.DEFAULT_HEADERS` and the headers that the methods of the resource declare */
  readonly allowHeaders?: readonly string[];
  /**
   * True lets pages send cookies and read the answer. Needs exact origins.
   * @default false
   */
  readonly allowCredentials?: boolean;
  /**
   * Headers of answers that pages may read.
   * @default - those that every page may read
   */
  readonly exposeHeaders?: readonly string[];
  /**
   * How long browsers keep the answer to a preflight.
   * @default - the browser's own time
   */
  readonly maxAge?: Duration;
  /**
   * Status of the answers to preflights.
   * @default 204
   */
  readonly statusCode?: number;
  /**
   * Whose pages may read the API's own errors (403, 429, 504 …). Gateway responses cannot choose by request: API Gateway
   * substitutes text there but runs no VTL. One value must do for all, and echoing the request's origin would let every
   * page read them, so with several origins only one is served. The errors of routes are not concerned.
   * @default - the first of `allowOrigins`
   */
  readonly gatewayErrorOrigin?: string;
}

const ORIGIN = /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?$/;

const CHECKS: readonly Check<CorsOptions>[] = [
  {
    code: "CORS_ORIGINS_EMPTY",
    problem: ({ allowOrigins }) => (allowOrigins.length === 0 ? "allowOrigins is empty" : undefined),
    fix: 'name the origins of your pages, or use ["*"]',
  },
  {
    code: "CORS_ORIGIN_INVALID",
    problem: ({ allowOrigins, gatewayErrorOrigin }) => {
      const origins = [...allowOrigins, ...(gatewayErrorOrigin === undefined ? [] : [gatewayErrorOrigin])];
      const wrong = origins.find((origin) => origin !== "*" && !ORIGIN.test(origin));
      return wrong === undefined ? undefined : `an origin is scheme, host and port, got "${wrong}"`;
    },
    fix: "write https://shop.example.com, without path or trailing slash",
  },
  {
    code: "CORS_ORIGINS_MIXED",
    problem: ({ allowOrigins }) =>
      allowOrigins.includes("*") && allowOrigins.length > 1
        ? `allowOrigins has "*" and others: ${allowOrigins.join(", ")}`
        : undefined,
    fix: 'use ["*"] alone, or exact origins only',
  },
  {
    code: "CORS_CREDENTIALS_WITH_ANY_ORIGIN",
    problem: ({ allowOrigins, allowCredentials = false, gatewayErrorOrigin }) =>
      allowCredentials && (allowOrigins.includes("*") || gatewayErrorOrigin === "*")
        ? 'allowCredentials and the origin "*" exclude each other: browsers refuse such answers'
        : undefined,
    fix: "name the origins of your pages",
  },
];

/** Records each option that browsers would refuse or that would open the API further than said. */
export function checkCors(scope: IConstruct, options: CorsOptions): void {
  runChecks(scope, CHECKS, options);
}
