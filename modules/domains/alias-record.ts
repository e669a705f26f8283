import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { lastPartOf } from "../part-of-arn";
import type { IDomainName } from "./domain-name";

/** A hosted zone of Route 53. */
export type HostedZoneTarget = string | { readonly zoneId: string } | { readonly arn: string };

/** Where the record is created. */
export interface AliasRecordOptions {
  /** Id of the hosted zone, a plain cdktf `Route53Zone` or `DataAwsRoute53Zone`, or `{ arn }`. */
  readonly hostedZone: HostedZoneTarget;
  /**
   * True adds an AAAA record.
   * @default - true when the domain takes IPv6 (`dualstack`)
   */
  readonly ipv6?: boolean;
}

/** Records of Route 53 that point to a domain. */
export interface AliasRecord {
  /** `aws_route53_record` of the type A. */
  readonly ipv4: Route53Record;
  /** `aws_route53_record` of the type AAAA. */
  readonly ipv6: Route53Record | undefined;
}

/** An alias costs nothing to look up and may stand at the top of a zone, where a CNAME may not. */
export function aliasRecord(
  scope: Construct,
  domain: IDomainName,
  { hostedZone, ipv6 = false }: AliasRecordOptions,
): AliasRecord {
  const record = (id: string, type: string) =>
    new Route53Record(scope, id, {
      zoneId: zoneIdOf(hostedZone),
      name: domain.domainName,
      type,
      alias: {
        name: domain.domainNameAliasDomainName,
        zoneId: domain.domainNameAliasHostedZoneId,
        evaluateTargetHealth: false,
      },
    });
  return { ipv4: record("AliasRecord", "A"), ipv6: ipv6 ? record("AliasRecordIpv6", "AAAA") : undefined };
}

/** Id of a zone, whatever it is given as. */
export function zoneIdOf(zone: HostedZoneTarget): string {
  if (typeof zone === "string") return zone;
  return "zoneId" in zone ? zone.zoneId : lastPartOf(zone.arn, "/");
}
