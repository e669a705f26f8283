import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { TerraformProvider } from "cdktf";
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
  /** `aws_route53_record`, one for each name; a name and its wildcard share one. */
  readonly records: readonly Route53Record[];
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
    this.records = provenNames([domainName, ...subjectAlternativeNames]).map((name) => this.prove(name, props));
    this.validation = new AcmCertificateValidation(this, "Validation", {
      ...place,
      certificateArn: this.certificate.arn,
      validationRecordFqdns: this.records.map(({ fqdn }) => fqdn),
    });
  }

  /** Of the certificate once it is issued: a reference. */
  get certificateArn(): string {
    return this.validation.certificateArn;
  }

  /** One record for each name, by names known at synth: how many records there are must be known in the first plan. */
  private prove(name: string, { hostedZone }: CertificateProps): Route53Record {
    const asked = (attribute: string) =>
      `\${one([for it in ${this.certificate.fqn}.domain_validation_options : it.${attribute} if it.domain_name == "${name}"])}`;
    return new Route53Record(this, `Record ${name}`, {
      zoneId: zoneIdOf(hostedZone),
      name: asked("resource_record_name"),
      type: asked("resource_record_type"),
      records: [asked("resource_record_value")],
      ttl: 300,
      // The certificate that replaces this one is proven by the same record.
      allowOverwrite: true,
    });
  }
}

/** A name and its wildcard are proven by one record. */
function provenNames(names: readonly string[]): readonly string[] {
  const byBase = new Map(names.map((name) => [name.replace(/^\*\./, ""), name] as const).reverse());
  return [...byBase.values()].reverse();
}
