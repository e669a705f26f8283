import type { JsonObject } from "../../definition/json";

/** Who a statement of a resource policy speaks of, or who assumes a role. AWS CDK's names. */
export interface IPrincipal {
  /** Key of `Principal`. */
  readonly kind: "AWS" | "Service";
  readonly name: string;
  /**
   * Operator → key → values that statements with this principal have, too.
   * @default - no conditions
   */
  readonly conditions?: JsonObject;
}

/** Anybody. Use with conditions. */
export class AnyPrincipal implements IPrincipal {
  readonly kind = "AWS";
  readonly name = "*";
}

/**
 * Anybody: what AWS CDK calls `*` without `AWS`. API Gateway reads both as one.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export class StarPrincipal extends AnyPrincipal {}

/** An AWS service, as in `new ServicePrincipal("events.amazonaws.com")`. */
export class ServicePrincipal implements IPrincipal {
  readonly kind = "Service";

  constructor(readonly name: string) {}
}

/** A role, a user or an account, by ARN. */
export class ArnPrincipal implements IPrincipal {
  readonly kind = "AWS";

  constructor(readonly name: string) {}
}

/** Everybody in an account whom the account allows it. */
export class AccountPrincipal implements IPrincipal {
  readonly kind = "AWS";

  /** @param name account id */
  constructor(readonly name: string) {}
}

/** Everybody in an organization of AWS Organizations, as in `new OrganizationPrincipal("o-1234567890")`. */
export class OrganizationPrincipal implements IPrincipal {
  readonly kind = "AWS";
  readonly name = "*";
  readonly conditions: JsonObject;

  constructor(readonly organizationId: string) {
    this.conditions = { StringEquals: { "aws:PrincipalOrgID": organizationId } };
  }
}
