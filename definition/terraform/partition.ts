/** Partition of a region. Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
}

const PARTITIONS: readonly (readonly [regionPrefix: string, Partition])[] = [
  ["cn-", { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" }],
  ["us-gov-", { name: "aws-us-gov", dnsSuffix: "amazonaws.com" }],
  ["us-isob-", { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" }],
  ["us-iso-", { name: "aws-iso", dnsSuffix: "c2s.ic.gov" }],
  ["", { name: "aws", dnsSuffix: "amazonaws.com" }],
];

/** The partition that a region belongs to; follows from its name. */
export function partitionOf(region: string): Partition {
  const [, partition] = PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return partition ?? { name: "aws", dnsSuffix: "amazonaws.com" };
}
