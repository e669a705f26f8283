/** Cases that can never pass, with the reason. A case that passes must leave the table. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  "lpr-022":
    "the case differs in nothing but a permission that is not part of its format, so that no gateway could tell it from those that succeed",
  "rv-016":
    "two models that refer to each other are refused by the emission resources: Terraform can create neither first",
  "rv-017": "the same models as in rv-016",
  "stg-003":
    "the requests beside the canary get the older deployment, of which the infrastructure holds no more than an id",
};

/** Cases that wait for a step of the gateway, by the step. A case that passes must leave the table. */
const AWAITED: Readonly<Record<string, string>> = {
  authorizers:
    "auth-002 auth-004 auth-005 auth-006 auth-008 auth-009 auth-011 auth-013 auth-014 auth-016 auth-017 auth-018 auth-019 auth-020 auth-021 auth-022 auth-023 auth-024 auth-025 auth-026 auth-027 auth-028 auth-031 auth-040 auth-041 auth-043 key-009 log-004 log-010",
  IAM: "hdr-620 iam-001 iam-003 iam-004 iam-100 iam-101 iam-104 iam-105 iam-106 iam-107 iam-108 iam-110 iam-111 iam-112",
  "resource policy": "iam-006 iam-007",
  "execution log": "exl-002 exl-003 exl-006 exl-007 exl-008",
};

/** Step that each of the waiting cases waits for. */
export const AWAITING: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(AWAITED).flatMap(([step, ids]) => ids.split(" ").map((id) => [id, step])),
);
