import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { TerraformIterator, type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { type HostedZoneTarget, zoneIdOf } from "../domains/alias-record";
import { attributeTexts } from "../terraform-text";

/** Which names a certificate is for, and where they are proven. */
export interface CertificateProps {
  /** As in `api.example.com` or `*.example.com`. */
  readonly domainName: string;
  /** @default - `domainName` alone */
  readonly subjectAlternativeNames?: readonly string[];
  /** Public zone of all the names: its id, a plain cdktf `Route53Zone` or `DataAwsRoute53Zone`, or `{ arn }`. */
  readonly hostedZone: HostedZoneTarget;
  /**
   * An `AwsProvider` of us-east-1, for the domain of an EDGE API.
   * @default - the stack's provider, and its region
   */
  readonly provider?: TerraformProvider;
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A public certificate of ACM that records in Route 53 prove, and that ACM renews as long as they are there. What uses it
 * waits until it is issued.
 * Source: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class Certificate extends Construct {
  /** `aws_acm_certificate`. */
  readonly certificate: AcmCertificate;
  /** `aws_route53_record`, one for each name. */
  readonly records: Route53Record;
  /** `aws_acm_certificate_validation`. */
  readonly validation: AcmCertificateValidation;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { domainName, subjectAlternativeNames = [], tags } = props;
    const place = props.provider === undefined ? {} : { provider: props.provider };
    this.certificate = new AcmCertificate(this, "Resource", {
      ...place,
      domainName,
      ...(subjectAlternativeNames.length === 0 ? {} : { subjectAlternativeNames: [...subjectAlternativeNames] }),
      validationMethod: "DNS",
      ...(tags === undefined ? {} : { tags: attributeTexts(this, tags) }),
      // ACM does not delete a certificate that a domain still uses.
      lifecycle: { createBeforeDestroy: true },
    });
    const asked = TerraformIterator.fromComplexList(this.certificate.domainValidationOptions, "domain_name");
    this.records = new Route53Record(this, "Records", {
      forEach: asked,
      zoneId: zoneIdOf(props.hostedZone),
      name: asked.getString("resource_record_name"),
      type: asked.getString("resource_record_type"),
      records: [asked.getString("resource_record_value")],
      ttl: 300,
      // A name and its wildcard share a record, and so does the certificate that replaces this one.
      allowOverwrite: true,
    });
    this.validation = new AcmCertificateValidation(this, "Validation", {
      ...place,
      certificateArn: this.certificate.arn,
      validationRecordFqdns: Token.asList(TerraformIterator.fromResources(this.records).pluckProperty("fqdn")),
    });
  }

  /** Of the certificate once it is issued: a reference. */
  get certificateArn(): string {
    return this.validation.certificateArn;
  }
}
