import { Token } from "cdktf";
import { REGIONS } from "../../definition/partition";
import { nearestName } from "../nearest-name";
import type { HeadgateStackProps } from "../stack";
import type { Check } from "./check";

/** What a stack was given. Code that no compiler has seen may give anything. */
export type GivenStackProps = Readonly<Record<string, unknown>>;

const PROPS: Readonly<Record<keyof HeadgateStackProps, true>> = {
  region: true,
  accountId: true,
  assumeRoleArn: true,
  stateBucket: true,
  quotas: true,
  tags: true,
};

const REGION_FIX = 'pass the code of a region, as in { region: "eu-west-1" }, directly in the props';

/** Without a region no ARN can be built, so the first of these ends the construction. */
export const REGION_CHECKS: readonly Check<GivenStackProps>[] = [
  {
    code: "STACK_WITHOUT_REGION",
    problem: ({ region }) =>
      typeof region !== "string" || region === "" || Token.isUnresolved(region)
        ? `region of the stack must be a literal, got ${shown(region)}`
        : undefined,
    fix: REGION_FIX,
  },
  {
    code: "REGION_INVALID",
    problem: ({ region }) =>
      /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(String(region)) ? undefined : `"${region}" cannot be an AWS region`,
    fix: REGION_FIX,
  },
];

export const STACK_CHECKS: readonly Check<GivenStackProps>[] = [
  {
    code: "ACCOUNT_ID_INVALID",
    problem: ({ accountId }) =>
      accountId === undefined || Token.isUnresolved(accountId) || isAccountId(accountId)
        ? undefined
        : `accountId must be a text of 12 digits, got ${shown(accountId)}`,
    fix: 'write all 12 digits in quotes, as in "012345678901", or leave accountId out',
  },
];

/** For a stack whose class adds no props of its own. */
export const UNKNOWN_PROPS_CHECKS: readonly Check<GivenStackProps>[] = [
  {
    code: "STACK_PROP_UNKNOWN",
    problem: (props) => {
      const unknown = Object.keys(props).filter((key) => !(key in PROPS));
      return unknown.length === 0
        ? undefined
        : `HeadgateStack does not know ${unknown.map((key) => `${key}: ${shown(props[key])}`).join(", ")}`;
    },
    fix: `it takes ${Object.keys(PROPS).join(", ")}; region and accountId stand directly in the props, not in env`,
  },
];

export const REGION_WARNINGS: readonly Check<string>[] = [
  {
    code: "REGION_UNKNOWN",
    problem: (region) =>
      REGIONS.includes(region)
        ? undefined
        : `no region "${region}" of AWS is known here; the nearest is "${nearestName(region, REGIONS)}"`,
    fix: "correct the region; if AWS has added it since, all is well",
  },
];

function isAccountId(value: unknown): boolean {
  return typeof value === "string" && /^\d{12}$/.test(value);
}

function shown(value: unknown): string {
  return Token.isUnresolved(value) ? "a reference" : (JSON.stringify(value) ?? String(value));
}
