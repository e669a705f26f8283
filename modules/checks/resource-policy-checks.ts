import { isIP } from "node:net";
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { EndpointType } from "../../definition/rest-api";
import type { CallerList } from "../rest-api/resource-policy";
import { type Check, findProblems, mismatches, runChecks } from "./check";

const IP_CHECKS: readonly Check<string>[] = [
  {
    code: "IP_RANGE_INVALID",
    problem: (range) => (isRange(range) ? undefined : `an IP range is an address, or a CIDR block, got "${range}"`),
    fix: 'write it as "203.0.113.0/24" or "2001:db8::/32"',
  },
];

const VPC_CHECKS: readonly Check<string>[] = [
  {
    code: "VPC_ID_INVALID",
    problem: (id) =>
      mismatches(id, /^vpc-[0-9a-f]+$/) ? `a VPC has an id such as vpc-0123456789abcdef0, got "${id}"` : undefined,
    fix: "pass the id of the VPC; endpoints are allowed by grantInvokeFromVpcEndpointsOnly",
  },
];

/** Records ranges that IAM would refuse. */
export function checkIpRanges(scope: IConstruct, ranges: readonly string[]): void {
  for (const range of ranges) runChecks(scope, IP_CHECKS, range);
}

/** Records ids that name no VPC. */
export function checkVpcIds(scope: IConstruct, ids: readonly string[]): void {
  for (const id of ids) runChecks(scope, VPC_CHECKS, id);
}

interface ReachSubject {
  readonly endpointType: EndpointType;
  readonly listsOfVpcs: readonly CallerList[];
}

const REACH_CHECKS: readonly Check<ReachSubject>[] = [
  {
    code: "VPC_POLICY_WITHOUT_PRIVATE",
    problem: ({ endpointType, listsOfVpcs }) =>
      endpointType === "PRIVATE" || listsOfVpcs.length === 0
        ? undefined
        : `requests to a ${endpointType} API come from no VPC, so its policy would ${listsOfVpcs.some((it) => it.endsWith("Only")) ? "let nobody in" : "deny nobody"}`,
    fix: 'make the API private with endpointTypes: ["PRIVATE"], or list IP ranges instead',
  },
];

/** Messages for a policy that cannot do what it says. */
export function policyProblems(scope: IConstruct, subject: ReachSubject): string[] {
  return findProblems(scope, REACH_CHECKS, subject).map(({ message }) => message);
}

function isRange(text: string): boolean {
  if (Token.isUnresolved(text)) return true;
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
