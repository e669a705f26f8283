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
