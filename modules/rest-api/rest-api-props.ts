import type { EndpointType } from "../../definition/rest-api";
import type { DomainNameOptions } from "../domains/domain-name";
import type { PolicyDocument } from "../iam/policy-statement";
import type { Size } from "../size";
import type { EmissionName } from "./emission/emission";
import type { EndpointConfiguration } from "./endpoint-configuration";
import type { ResourceOptions } from "./resource";
import type { StageOptions } from "./stage";

/** Properties of a REST API. All have defaults. */
export interface RestApiProps extends ResourceOptions {
  /** @default - the construct id */
  readonly restApiName?: string;
  readonly description?: string;
  /** One type: short for `endpointConfiguration`. @default ["REGIONAL"] */
  readonly endpointTypes?: readonly [EndpointType];
  /** @default - what `endpointTypes` says */
  readonly endpointConfiguration?: EndpointConfiguration;
  /**
   * False leaves deployment and stages to you (`new Deployment`, `new Stage`).
   * @default true
   */
  readonly deploy?: boolean;
  /**
   * Hashes of older snapshots that the deployment that `deploy` makes keeps, 8 digits each: see `Deployment`.
   * @default - only the newest snapshot, and what a canary or a rollback of a stage names
   */
  readonly retainDeployments?: readonly string[];
  /** The stage that `deploy` makes. */
  readonly deployOptions?: StageOptions;
  /**
   * Content types that are bytes and not text.
   * @default - none
   */
  readonly binaryMediaTypes?: readonly string[];
  /**
   * Answers of at least so many bytes are compressed when the client asks for it; 0 to 10,485,760.
   * @default - no compression
   */
  readonly minimumCompressionSize?: number;
  /**
   * The same as a `Size`; either this or `minimumCompressionSize`.
   * @default - no compression
   */
  readonly minCompressionSize?: Size;
  /** @default "HEADER" */
  readonly apiKeySourceType?: "HEADER" | "AUTHORIZER";
  /**
   * Who may call the API. Resources in the short form `execute-api:/<stage>/<verb>/<path>`.
   * @default - anybody, or what `grantInvokeFromVpcEndpointsOnly` and `addToResourcePolicy` say
   */
  readonly policy?: Pick<PolicyDocument, "toJSON">;
  /**
   * True closes `<id>.execute-api.<region>.amazonaws.com`; callers then need a custom domain.
   * @default false
   */
  readonly disableExecuteApiEndpoint?: boolean;
  /**
   * How the API becomes Terraform: as one imported OpenAPI document, or as one resource for each of its parts.
   * See docs/emissions.md for which to choose, and for how to change it.
   * @default "openapi"
   */
  readonly emission?: EmissionName;
  /**
   * The form that the state of an environment still holds. With "resources", Terraform forgets them instead of destroying
   * what the first import writes (`removed` blocks, Terraform 1.7 or newer). Change no routes in that apply; this may go once
   * every environment is applied.
   * @default - the form has not changed
   */
  readonly formerEmission?: EmissionName;
  /**
   * Not available: refused as `API_CLONE_UNSUPPORTED`, because the AWS provider copies no APIs.
   * @default - the API is what is declared
   */
  readonly cloneFrom?: object;
  /**
   * Not available: refused as `API_SECURITY_POLICY_UNSUPPORTED`, because the AWS provider knows it from version 6 on only.
   * @default - AWS's: TLS 1.0 and newer on REGIONAL and EDGE endpoints, TLS 1.2 and newer on PRIVATE ones
   */
  readonly securityPolicy?: string;
  /**
   * Not available, as `securityPolicy`.
   * @default - AWS's
   */
  readonly endpointAccessMode?: string;
  /**
   * Custom domain that serves the API's own stage.
   * @default - no domain: see `addDomainName`
   */
  readonly domainName?: DomainNameOptions;
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * True makes Terraform refuse to destroy the API (`prevent_destroy`).
   * @default false
   */
  readonly protect?: boolean;
}

/** Bytes from which on answers are compressed, however it was said. */
export function compressionBytes(
  props: Pick<RestApiProps, "minCompressionSize" | "minimumCompressionSize">,
): number | undefined {
  return props.minCompressionSize?.toBytes() ?? props.minimumCompressionSize;
}
