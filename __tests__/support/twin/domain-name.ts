import type { JsonObject } from "../../../definition/json";
import { notFound } from "./http";
import { withoutUndefined } from "./json-values";

/** A custom domain as GetDomainName answers it; its certificate counts as valid. */
export interface DomainNameRecord {
  readonly domainName: string;
  readonly region: string;
  readonly createdDate: number;
  readonly certificateArn?: string;
  readonly regionalCertificateArn?: string;
  readonly ownershipVerificationCertificateArn?: string;
  readonly securityPolicy: string;
  readonly endpointConfiguration: { readonly types: readonly string[]; readonly ipAddressType: string };
  readonly mutualTlsAuthentication?: { readonly truststoreUri?: string; readonly truststoreVersion?: string };
  readonly tags: Readonly<Record<string, string>>;
}

/** Which stage a path of a domain serves. */
export interface BasePathMappingRecord {
  /** `(none)` is the root. */
  readonly basePath: string;
  readonly restApiId: string;
  readonly stage?: string;
}

/** A mapping with its domain. */
export interface MappedPath extends BasePathMappingRecord {
  readonly domainName: string;
}

/** Domains that were created through the twin, with their mappings. */
export class DomainNames {
  readonly #domains = new Map<string, DomainNameRecord>();
  readonly #mappings = new Map<string, Map<string, BasePathMappingRecord>>();

  set(domain: DomainNameRecord): void {
    this.#domains.set(domain.domainName, domain);
  }

  find(name: string): DomainNameRecord | undefined {
    return this.#domains.get(name);
  }

  get(name: string): DomainNameRecord {
    const domain = this.#domains.get(name);
    if (!domain) throw notFound("Invalid domain name identifier specified");
    return domain;
  }

  delete(name: string): void {
    this.#domains.delete(name);
    this.#mappings.delete(name);
  }

  all(): readonly DomainNameRecord[] {
    return [...this.#domains.values()];
  }

  /** Mappings of one domain by base path. */
  mappings(name: string): Map<string, BasePathMappingRecord> {
    const mappings = this.#mappings.get(name) ?? new Map();
    this.#mappings.set(name, mappings);
    return mappings;
  }

  /** Paths that serve an API, or one stage of it. */
  serving(restApiId: string, stage?: string): readonly MappedPath[] {
    return [...this.#mappings]
      .flatMap(([domainName, mappings]) => [...mappings.values()].map((mapping) => ({ ...mapping, domainName })))
      .filter((mapping) => mapping.restApiId === restApiId && (stage ?? mapping.stage) === mapping.stage);
  }
}

/** GetDomainName's answer; a domain is available at once, so that nobody waits for it. */
export function describeDomainName({ region, createdDate, ...domain }: DomainNameRecord): JsonObject {
  const isEdge = domain.endpointConfiguration.types.includes("EDGE");
  const place: JsonObject = isEdge
    ? { distributionDomainName: `d${createdDate}.cloudfront.net`, distributionHostedZoneId: "Z2FDTNDATAQYW2" }
    : {
        regionalDomainName: `d-${createdDate}.execute-api.${region}.amazonaws.com`,
        regionalHostedZoneId: "Z2OJLYMUO9EFXC",
      };
  return {
    ...withoutUndefined(structuredClone(domain)),
    ...place,
    domainNameStatus: "AVAILABLE",
    certificateUploadDate: createdDate,
  };
}
