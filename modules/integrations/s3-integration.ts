import { checkObjectKey } from "../checks/integration-checks";
import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig, type IntegrationResponse } from "./integration";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { json, message } from "./service-responses";
import { resolveServiceTarget, type ServiceTarget } from "./service-target";

/** Which object. */
export interface S3IntegrationOptions extends ServiceIntegrationOptions {
  /**
   * Key of the object. `{name}` stands for the variable `name` of the route's path, as in `invoices/{invoiceId}.pdf`.
   * @default - the only variable of the path, as in `{key+}`
   */
  readonly key?: string;
  /**
   * Region of the bucket.
   * @default - the region of the stack that declares it, or of the API for `{ arn }`
   */
  readonly region?: string;
}

/** A plain cdktf `S3Bucket`, or `{ arn }` with a literal ARN. */
export type BucketTarget = ServiceTarget;

type Verb = "GET" | "PUT" | "DELETE";

/**
 * Reads or writes one object of a bucket, without a function between. The API gets a role that may do this with the objects
 * that the key can name, and nothing else.
 *
 * Bytes arrive unchanged only for content types among the `binaryMediaTypes` of the API: those of uploads by their
 * `Content-Type`, those of downloads when the first type of `Accept` is among them, too. Everything else is read as UTF-8.
 * A request and its answer may have 10 MB. The type of a stored object is answered as it is, so that a page uploaded by one
 * client can run scripts for another: serve uploads from a domain of their own.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html
 */
export class S3Integration extends Integration {
  private constructor(
    private readonly bucket: BucketTarget,
    private readonly verb: Verb,
    private readonly options: S3IntegrationOptions,
  ) {
    super({ type: "AWS" });
  }

  /**
   * Answers the object with its `Content-Type` and `ETag`. S3 hides from a role that may not list a bucket whether an object
   * exists, so 404 stands for both absent and forbidden.
   */
  static getObject(bucket: BucketTarget, options: S3IntegrationOptions = {}): S3Integration {
    return new S3Integration(bucket, "GET", options);
  }

  /** Stores the body of the request with its `Content-Type`; answers the `ETag`. */
  static putObject(bucket: BucketTarget, options: S3IntegrationOptions = {}): S3Integration {
    return new S3Integration(bucket, "PUT", options);
  }

  /** Answers 204, also when there was no such object. */
  static deleteObject(bucket: BucketTarget, options: S3IntegrationOptions = {}): S3Integration {
    return new S3Integration(bucket, "DELETE", options);
  }

  override bind(method: Method): IntegrationConfig {
    const declared = resolveServiceTarget(method, this.bucket, RESOURCE_KINDS.bucket);
    const target = { ...declared, region: this.options.region ?? declared.region };
    const { pathParameters } = method.resource;
    const key = this.options.key ?? pathParameters.map((name) => `{${name}}`).join("/");
    checkObjectKey(method, { key: this.options.key, pathParameters });
    const mapped = pathParameters
      .filter((name) => key.includes(`{${name}}`))
      .map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]);
    return callService(method, {
      kind: RESOURCE_KINDS.bucket,
      target,
      actions: [ACTIONS[this.verb]],
      resources: [`${target.arn}/${key.replaceAll(VARIABLE, "*")}`],
      request: { service: "s3", path: `${target.name}/${encodedPath(key)}`, integrationHttpMethod: this.verb },
      ...(this.verb === "PUT" ? { headers: { "Content-Type": "method.request.header.Content-Type" } } : {}),
      responses: RESPONSES[this.verb],
      options: {
        ...this.options,
        requestParameters: { ...Object.fromEntries(mapped), ...this.options.requestParameters },
      },
    });
  }
}

const VARIABLE = /\{[^{}]+\}/g;

const ACTIONS = { GET: "s3:GetObject", PUT: "s3:PutObject", DELETE: "s3:DeleteObject" } as const;

/** Whatever the content type of S3's error is, and whatever types the API calls binary: a template takes no bytes. */
function refusal(statusCode: string, selectionPattern: string, text: string): IntegrationResponse {
  return { statusCode, selectionPattern, contentHandling: "CONVERT_TO_TEXT", responseTemplates: json(message(text)) };
}

function passed(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name) => [`method.response.header.${name}`, `integration.response.header.${name}`]),
  );
}

const OTHER_REFUSALS = refusal("400", "4(?!0[34])\\d{2}", "Bad Request");
const FORBIDDEN = refusal("502", "40[34]|5\\d{2}", "Bad Gateway");

const RESPONSES: Readonly<Record<Verb, readonly IntegrationResponse[]>> = {
  GET: [
    { statusCode: "200", responseParameters: passed("Content-Type", "ETag") },
    refusal("404", "40[34]", "Not Found"),
    OTHER_REFUSALS,
    refusal("502", "5\\d{2}", "Bad Gateway"),
  ],
  PUT: [{ statusCode: "200", responseParameters: passed("ETag") }, OTHER_REFUSALS, FORBIDDEN],
  DELETE: [{ statusCode: "204" }, OTHER_REFUSALS, FORBIDDEN],
};

/** Literal parts as a URL writes them; variables arrive as the client wrote them. */
function encodedPath(key: string): string {
  return key
    .split(/(\{[^{}]+\}|\/)/)
    .map((part) => (part === "/" || part.startsWith("{") ? part : encodeURIComponent(part)))
    .join("");
}
