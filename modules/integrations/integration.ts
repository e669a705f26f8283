import type { ITerraformDependable } from "cdktf";
import type { ContentHandling, IntegrationType, PassthroughBehavior } from "../../definition/integration";
import type { Duration } from "../duration";
import type { RoleTarget } from "../iam/role-target";
import type { IdVariable } from "../rest-api/id-variable";
import type { Method, MethodResponse } from "../rest-api/method";
import { hostOf, type VpcLinkTarget } from "../vpc-link/connection";

/** How API Gateway reaches an HTTP backend. */
export const ConnectionType = { INTERNET: "INTERNET", VPC_LINK: "VPC_LINK" } as const;
/** One of the ways. */
export type ConnectionType = keyof typeof ConnectionType;

/** Whether API Gateway collects an answer before it sends it. AWS CDK's names. */
export const ResponseTransferMode = { BUFFERED: "BUFFERED", STREAM: "STREAM" } as const;
/** One of the modes. */
export type ResponseTransferMode = keyof typeof ResponseTransferMode;

/** How one class of backend answers becomes the client's answer. Not for the proxy types, which pass the answer on. */
export interface IntegrationResponse {
  /** Status for the client. One response a status. */
  readonly statusCode: string;
  /**
   * Java regular expression over the backend's status code (Lambda: error message).
   * @default - the response for whatever no pattern matches
   */
  readonly selectionPattern?: string;
  /**
   * `method.response.header.<name>` → `'literal'`, `integration.response.header.<name>` or `context.<fact>`.
   * The headers are declared on the method by themselves.
   * @default - no headers
   */
  readonly responseParameters?: Readonly<Record<string, string>>;
  /**
   * Content type → mapping template (VTL).
   * @default - the backend's body
   */
  readonly responseTemplates?: Readonly<Record<string, string>>;
  /** @default - payloads are not converted */
  readonly contentHandling?: ContentHandling;
}

/** What every integration has. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export interface IntegrationOptions {
  /**
   * `method.request.<place>.<name>` parameters that tell cached answers apart, beside those that `cache` of the method names.
   * @default - what `cache` of the method says
   */
  readonly cacheKeyParameters?: readonly string[];
  /** @default - the resource */
  readonly cacheNamespace?: string;
  /** @default - payloads are not converted */
  readonly contentHandling?: ContentHandling;
  /** @default - VPC_LINK when there is a `vpcLink`, else INTERNET */
  readonly connectionType?: ConnectionType;
  /**
   * Link to a backend in a VPC. HTTP types only; the URL then gives the `Host` header and the name that TLS verifies.
   * @default - the backend is on the internet
   */
  readonly vpcLink?: VpcLinkTarget;
  /**
   * Never accepted: VPC links of the second version, which reach Application Load Balancers, need hashicorp/aws 6.
   * @default - none
   */
  readonly vpcLinkV2?: VpcLinkTarget;
  /**
   * Never accepted: the load balancer behind a `vpcLinkV2`, by ARN.
   * @default - none
   */
  readonly integrationTarget?: string;
  /**
   * Role that API Gateway assumes towards an AWS service.
   * @default - none
   */
  readonly credentialsRole?: RoleTarget;
  /**
   * True calls an AWS service as the caller, who must then be authorized by IAM and be allowed the call. Instead of
   * `credentialsRole`.
   * @default false
   */
  readonly credentialsPassthrough?: boolean;
  /** @default "WHEN_NO_MATCH" */
  readonly passthroughBehavior?: PassthroughBehavior;
  /**
   * `integration.request.<place>.<name>` → `'literal'`, `method.request.<place>.<name>`, `context.<fact>` or
   * `stageVariables.<name>`.
   * @default - nothing is mapped
   */
  readonly requestParameters?: Readonly<Record<string, string>>;
  /**
   * Content type → mapping template (VTL).
   * @default - the client's body
   */
  readonly requestTemplates?: Readonly<Record<string, string>>;
  /**
   * 50 ms to 29 s.
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
  /** @default - one default response with status 200 for the types that need one */
  readonly integrationResponses?: readonly IntegrationResponse[];
  /**
   * True switches certificate verification off towards an HTTPS backend.
   * @default false
   */
  readonly insecureSkipVerification?: boolean;
  /**
   * Whether answers are collected before they go to the client. `STREAM` is never accepted: it needs hashicorp/aws 6.
   * @default ResponseTransferMode.BUFFERED
   */
  readonly responseTransferMode?: ResponseTransferMode;
}

/** What an integration turns out to be on one method. */
export interface IntegrationConfig {
  readonly type: IntegrationType;
  /**
   * Verb towards the backend.
   * @default - none, which is for MOCK alone
   */
  readonly integrationHttpMethod?: string;
  /**
   * `https://…` for HTTP types, `arn:<partition>:apigateway:…` for AWS types.
   * @default - none for MOCK, the load balancer of the `vpcLink` for HTTP types
   */
  readonly uri?: string;
  /**
   * Mappings, timeout, connection and credentials.
   * @default - AWS's defaults
   */
  readonly options?: IntegrationOptions;
  /**
   * What answers may carry, beside what `methodResponses` of the method and the integration responses say.
   * @default - nothing
   */
  readonly methodResponses?: readonly MethodResponse[];
  /**
   * Values in `uri` that only AWS can mint, beside the id of a VPC link.
   * @default - none
   */
  readonly idVariables?: readonly IdVariable[];
  /** What must exist before a request arrives: the stage is created after these. Asked at synth, when all grants are made. */
  readonly dependencies?: () => readonly ITerraformDependable[];
}

/**
 * A backend of a method. A plain object until `addMethod` binds it, so one integration serves many methods.
 * Same shape as AWS CDK's `Integration`: without a `uri`, an HTTP type with a `VpcLink` calls the load balancer of the link
 * by its DNS name.
 */
export class Integration {
  constructor(private readonly config: IntegrationConfig) {}

  /** Called once for each method that uses the integration; may create resources beside the method. */
  bind(_method: Method): IntegrationConfig {
    const { uri, type, options } = this.config;
    if (uri !== undefined || !type.startsWith("HTTP") || options?.vpcLink === undefined) return this.config;
    const { host, idVariable } = hostOf(options.vpcLink);
    if (host === undefined) return this.config;
    return { ...this.config, uri: `http://${host}`, idVariables: idVariable === undefined ? [] : [idVariable] };
  }
}
