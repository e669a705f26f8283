/** Partition of a region. Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
}

const PARTITIONS: readonly (readonly [regionPrefix: string, Partition])[] = [
  ["cn-", { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" }],
  ["us-gov-", { name: "aws-us-gov", dnsSuffix: "amazonaws.com" }],
  ["us-isob-", { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" }],
  ["us-isof-", { name: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" }],
  ["eu-isoe-", { name: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" }],
  ["us-iso-", { name: "aws-iso", dnsSuffix: "c2s.ic.gov" }],
  ["eusc-", { name: "aws-eusc", dnsSuffix: "amazonaws.eu" }],
  ["", { name: "aws", dnsSuffix: "amazonaws.com" }],
];

/** The partition that a region belongs to; follows from its name. */
export function partitionOf(region: string): Partition {
  const [, partition] = PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return partition ?? { name: "aws", dnsSuffix: "amazonaws.com" };
}
