import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Construct } from "constructs";
import { checkDomainName } from "../checks/domain-checks";
import { environmentOf } from "../environment";
import { lastPartOf } from "../part-of-arn";
import type { IpAddressType } from "../rest-api/endpoint-configuration";
import type { IStage } from "../rest-api/existing-stage";
import type { RestApiBase } from "../rest-api/rest-api-base";
import { attributeTexts } from "../terraform-text";
import { type AliasRecord, type AliasRecordOptions, aliasRecord } from "./alias-record";
import { type ApiMappingOptions, BasePathMapping, type BasePathMappingOptions } from "./base-path-mapping";

/** Oldest TLS that a domain speaks. TLS 1.0 is not offered. */
export const SecurityPolicy = { TLS_1_2: "TLS_1_2" } as const;
/** One of the policies. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html */
export type SecurityPolicy = keyof typeof SecurityPolicy;

/** An ACM certificate: its ARN, or what has one, as a plain cdktf `AcmCertificate` or `AcmCertificateValidation`. */
export type CertificateTarget = string | { readonly arn: string } | { readonly certificateArn: string };

/** Clients must show a certificate that one of the trust store has signed. */
export interface MTLSConfig {
  /** Name of the bucket, a plain cdktf `S3Bucket` or `DataAwsS3Bucket`, or `{ arn }`. */
  readonly bucket: string | { readonly bucket: string } | { readonly arn: string };
  /** Key of the trust store, a PEM file of at most 1 MB and 1,000 certificates. */
  readonly key: string;
  /**
   * Version of the object. Without it, API Gateway does not see that the file changed.
   * @default - the version that is current when the domain is created
   */
  readonly version?: string;
}

/** What a custom domain is. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html */
export interface DomainNameOptions {
  /** In lower case, as in `api.example.com` or `*.example.com`. */
  readonly domainName: string;
  /** In the region of the API; in us-east-1 for EDGE. Use the validated one, so that the domain waits for it. */
  readonly certificate: CertificateTarget;
  /** @default "REGIONAL" */
  readonly endpointType?: "REGIONAL" | "EDGE";
  /** @default - AWS's: `ipv4` */
  readonly ipAddressType?: IpAddressType;
  /** @default SecurityPolicy.TLS_1_2 */
  readonly securityPolicy?: SecurityPolicy;
  /**
   * Mutual TLS. REGIONAL only.
   * @default - clients show no certificate
   */
  readonly mtls?: MTLSConfig;
  /**
   * Public certificate that proves who owns the domain: for mutual TLS with a certificate that is imported or private.
   * @default - ACM issued `certificate` itself
   */
  readonly ownershipVerificationCertificate?: CertificateTarget;
  /**
   * Path of the API below the domain, with `mapping`.
   * @default - the root of the domain
   */
  readonly basePath?: string;
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** `DomainNameOptions` with the API that the domain serves. */
export interface DomainNameProps extends DomainNameOptions {
  /**
   * API whose own stage the domain serves, under `basePath`.
   * @default - none: use `addBasePathMapping`
   */
  readonly mapping?: RestApiBase;
}

/** A domain that APIs can be mapped to. */
export interface IDomainName {
  readonly domainName: string;
  /** Where the DNS record of the domain points to. */
  readonly domainNameAliasDomainName: string;
  /** Route 53 zone of that target. */
  readonly domainNameAliasHostedZoneId: string;
}

/** A domain that exists. */
export interface DomainNameAttributes {
  readonly domainName: string;
  readonly domainNameAliasTarget: string;
  readonly domainNameAliasHostedZoneId: string;
}

/**
 * A custom domain. Clients reach it when its DNS name points to it: see `addAliasRecord`. Terraform replaces the domain,
 * with an outage, when its name changes.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html
 */
export class DomainName extends Construct implements IDomainName {
  /** A domain that somebody else owns. */
  static fromDomainNameAttributes(_scope: Construct, _id: string, attributes: DomainNameAttributes): IDomainName {
    const { domainName, domainNameAliasTarget, domainNameAliasHostedZoneId } = attributes;
    return { domainName, domainNameAliasDomainName: domainNameAliasTarget, domainNameAliasHostedZoneId };
  }

  /** `aws_api_gateway_domain_name`. */
  readonly domain: ApiGatewayDomainName;
  readonly endpointType: "REGIONAL" | "EDGE";
  private readonly ipAddressType: IpAddressType | undefined;

  constructor(scope: Construct, id: string, props: DomainNameProps) {
    super(scope, id);
    const { ipAddressType, mtls, ownershipVerificationCertificate, mapping } = props;
    this.endpointType = props.endpointType ?? "REGIONAL";
    this.ipAddressType = ipAddressType;
    const arn = certificateArn(props.certificate);
    checkDomainName(this, {
      ...props,
      endpointType: this.endpointType,
      certificateArn: arn,
      region: environmentOf(this).region,
    });
    this.domain = new ApiGatewayDomainName(this, "Resource", {
      domainName: props.domainName,
      ...(this.endpointType === "EDGE" ? { certificateArn: arn } : { regionalCertificateArn: arn }),
      endpointConfiguration: {
        types: [this.endpointType],
        ...(ipAddressType === undefined ? {} : { ipAddressType }),
      },
      securityPolicy: props.securityPolicy ?? SecurityPolicy.TLS_1_2,
      ...(mtls === undefined ? {} : { mutualTlsAuthentication: trustStore(mtls) }),
      ...(ownershipVerificationCertificate === undefined
        ? {}
        : { ownershipVerificationCertificateArn: certificateArn(ownershipVerificationCertificate) }),
      ...(props.tags === undefined ? {} : { tags: attributeTexts(this, props.tags) }),
    });
    if (mapping === undefined) return;
    this.addBasePathMapping(mapping, props.basePath === undefined ? {} : { basePath: props.basePath });
  }

  /** A reference: what uses it comes after the domain. */
  get domainName(): string {
    return this.domain.domainName;
  }

  get domainNameAliasDomainName(): string {
    return this.endpointType === "EDGE" ? this.domain.cloudfrontDomainName : this.domain.regionalDomainName;
  }

  get domainNameAliasHostedZoneId(): string {
    return this.endpointType === "EDGE" ? this.domain.cloudfrontZoneId : this.domain.regionalZoneId;
  }

  /** Serves an API under a path of the domain. Throws `BASE_PATH_DUPLICATE` and others for what AWS refuses. */
  addBasePathMapping(restApi: RestApiBase, options: BasePathMappingOptions = {}): BasePathMapping {
    const id = `Mapping ${options.basePath ?? "root"}`;
    return new BasePathMapping(this, id, { domainName: this, restApi, ...options });
  }

  /** Serves a stage under a path of the domain. Throws as `addBasePathMapping`. */
  addApiMapping(stage: IStage, options: ApiMappingOptions = {}): BasePathMapping {
    return this.addBasePathMapping(stage.api, { ...options, stage });
  }

  /** Points the DNS name of the domain to it, in a hosted zone of Route 53. */
  addAliasRecord(options: AliasRecordOptions): AliasRecord {
    return aliasRecord(this, this, { ipv6: this.ipAddressType === "dualstack", ...options });
  }
}

function certificateArn(certificate: CertificateTarget): string {
  if (typeof certificate === "string") return certificate;
  return "certificateArn" in certificate ? certificate.certificateArn : certificate.arn;
}

function trustStore({ bucket, key, version }: MTLSConfig): { truststoreUri: string; truststoreVersion?: string } {
  return {
    truststoreUri: `s3://${bucketName(bucket)}/${key}`,
    ...(version === undefined ? {} : { truststoreVersion: version }),
  };
}

function bucketName(bucket: MTLSConfig["bucket"]): string {
  if (typeof bucket === "string") return bucket;
  return "bucket" in bucket ? bucket.bucket : lastPartOf(bucket.arn, ":");
}
