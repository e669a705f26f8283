/** Who a statement of a resource policy speaks of. */
export interface IPrincipal {
  /** Key of `Principal`. */
  readonly kind: "AWS" | "Service";
  readonly name: string;
}

/** Anybody. Use with conditions. */
export class AnyPrincipal implements IPrincipal {
  readonly kind = "AWS";
  readonly name = "*";
}

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

  constructor(readonly name: string) {}
}
