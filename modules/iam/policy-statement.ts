import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { isObject } from "../../definition/json-access";
import { AnyPrincipal, type IPrincipal } from "./principal";

/** What a statement does. */
export const Effect = { ALLOW: "Allow", DENY: "Deny" } as const;
/** `Allow` or `Deny`. */
export type Effect = (typeof Effect)[keyof typeof Effect];

/** The elements of a statement. AWS CDK's names. */
export interface PolicyStatementProps {
  /** @default - no statement id */
  readonly sid?: string;
  /** @default Effect.ALLOW */
  readonly effect?: Effect;
  /**
   * As in `dynamodb:GetItem`.
   * @default - those that `addActions` adds
   */
  readonly actions?: readonly string[];
  /**
   * All actions but these.
   * @default - `actions` says which
   */
  readonly notActions?: readonly string[];
  /**
   * ARNs, or `["*"]` for actions that cannot be restricted to resources.
   * @default - those that `addResources` adds; none in the trust of a role
   */
  readonly resources?: readonly string[];
  /**
   * All resources but these.
   * @default - `resources` says which
   */
  readonly notResources?: readonly string[];
  /** @default - no principals, as in policies of a role */
  readonly principals?: readonly IPrincipal[];
  /**
   * Everybody but these; for `Effect.DENY`.
   * @default - `principals` says who
   */
  readonly notPrincipals?: readonly IPrincipal[];
  /**
   * Operator → key → values.
   * @default - in any case
   */
  readonly conditions?: JsonObject;
}

/** One statement of an IAM policy. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export class PolicyStatement {
  private readonly actions: string[];
  private readonly resources: string[];
  private readonly principals: IPrincipal[];
  private conditions: JsonObject;

  /** Throws `POLICY_CONDITION_CONTRADICTION`, as all that adds principals or conditions does. */
  constructor(private readonly props: PolicyStatementProps = {}) {
    this.actions = [...(props.actions ?? [])];
    this.resources = [...(props.resources ?? [])];
    this.principals = [...(props.principals ?? [])];
    this.conditions = props.conditions ?? {};
    this.allConditions();
  }

  addActions(...actions: readonly string[]): void {
    this.actions.push(...actions);
  }

  addResources(...arns: readonly string[]): void {
    this.resources.push(...arns);
  }

  addAllResources(): void {
    this.addResources("*");
  }

  addPrincipals(...principals: readonly IPrincipal[]): void {
    this.principals.push(...principals);
    this.allConditions();
  }

  addAnyPrincipal(): void {
    this.addPrincipals(new AnyPrincipal());
  }

  /** Adds keys to one operator, as in `addCondition("IpAddress", { "aws:SourceIp": ["10.0.0.0/8"] })`. */
  addCondition(operator: string, keys: JsonObject): void {
    const known = this.conditions[operator];
    this.conditions = { ...this.conditions, [operator]: isObject(known) ? { ...known, ...keys } : keys };
    this.allConditions();
  }

  addConditions(conditions: Readonly<Record<string, JsonObject>>): void {
    for (const [operator, keys] of Object.entries(conditions)) this.addCondition(operator, keys);
  }

  toJSON(): JsonObject {
    const { sid, effect = Effect.ALLOW, notActions = [], notResources = [], notPrincipals = [] } = this.props;
    return {
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect: effect,
      ...(this.principals.length === 0 ? {} : { Principal: principalJson(this.principals) }),
      ...(notPrincipals.length === 0 ? {} : { NotPrincipal: principalJson(notPrincipals) }),
      ...list("Action", [...this.actions].sort()),
      ...list("NotAction", [...notActions].sort()),
      ...list("Resource", this.resources),
      ...list("NotResource", notResources),
      ...this.conditionJson(),
    };
  }

  private conditionJson(): JsonObject {
    const all = this.allConditions();
    return Object.keys(all).length === 0 ? {} : { Condition: all };
  }

  /** All must hold: those of each principal and those of the statement. */
  private allConditions(): JsonObject {
    return [...this.principals.map(({ conditions = {} }) => conditions), this.conditions].reduce(both, {});
  }
}

function list(element: string, values: readonly string[]): JsonObject {
  return values.length === 0 ? {} : { [element]: [...new Set(values)] };
}

function both(some: JsonObject, others: JsonObject): JsonObject {
  const joined = Object.entries(others).map(([operator, keys]) => {
    const known = some[operator];
    if (!isObject(known) || !isObject(keys)) return [operator, keys] as const;
    const twice = Object.keys(keys).find((key) => key in known && !areEqual(known[key], keys[key]));
    if (twice === undefined) return [operator, { ...known, ...keys }] as const;
    throw new ConfigurationError(
      "POLICY_CONDITION_CONTRADICTION",
      "PolicyStatement",
      `${operator} of ${twice} is ${JSON.stringify(known[twice])} and ${JSON.stringify(keys[twice])}, and a statement can say one`,
      "give each principal, or each value, a statement of its own",
    );
  });
  return { ...some, ...Object.fromEntries(joined) };
}

function areEqual(one: Json | undefined, other: Json | undefined): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

/** What a policy begins with. */
export interface PolicyDocumentProps {
  /** @default - no statements yet */
  readonly statements?: readonly PolicyStatement[];
}

/** An IAM policy. */
export class PolicyDocument {
  private readonly statements: PolicyStatement[];

  constructor(props: PolicyDocumentProps = {}) {
    this.statements = [...(props.statements ?? [])];
  }

  get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  addStatements(...statements: readonly PolicyStatement[]): void {
    this.statements.push(...statements);
  }

  /** The statements as they are written now. */
  get statementsJson(): readonly JsonObject[] {
    return this.statements.map((statement) => statement.toJSON());
  }

  toJSON(): JsonObject {
    return { Version: "2012-10-17", Statement: this.statementsJson };
  }
}

function principalJson(principals: readonly IPrincipal[]): Json {
  if (principals.some(({ name }) => name === "*")) return "*";
  const kinds = [...new Set(principals.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    kinds.map((kind) => [kind, principals.filter((it) => it.kind === kind).map(({ name }) => name)]),
  );
}
